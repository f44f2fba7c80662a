// The numbers in the names are those of docs/session.md.
import { defineEntity, type Opt, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Spot {
  declare lat: number;

  constructor(lat: number) {
    this.lat = lat;
  }
}

/** Keeps more than what is mapped. */
class Place {
  declare street: string;
  declare note: Opt<string>;
  declare spot: Spot | null;
  declare cached: string | undefined;
  calls = 0;

  constructor(street: string, spot: Spot | null = null) {
    this.street = street;
    this.spot = spot;
  }

  get loud(): string {
    this.calls++;
    return (this.cached ??= this.street.toUpperCase());
  }
}

class Shape {
  declare kind: string;
}

class Circle extends Shape {
  declare r: number;
}

class Box extends Shape {
  declare width: number;
}

class Shop {
  declare id: number;
  declare inline: Place;
  declare json: Place | null;
  declare list: Place[];
  declare shape: Circle | Box | null;

  constructor() {
    this.inline = new Place('a', new Spot(1));
    this.json = new Place('b', new Spot(2));
    this.list = [new Place('c')];
  }
}

defineEntity({ name: 'Spot', embeddable: true, properties: { lat: p.float() } }).setClass(Spot);
defineEntity({
  name: 'Place',
  embeddable: true,
  properties: {
    street: p.string(),
    note: p.string().persist(false),
    spot: () => p.embedded(Spot).nullable(),
  },
}).setClass(Place);
const shape = defineEntity({
  name: 'Shape',
  abstract: true,
  embeddable: true,
  discriminatorColumn: 'kind',
  properties: { kind: p.string() },
});
shape.setClass(Shape);
defineEntity({
  name: 'Circle',
  extends: Shape,
  embeddable: true,
  discriminatorValue: 'circle',
  properties: { r: p.float() },
}).setClass(Circle);
defineEntity({
  name: 'Box',
  extends: Shape,
  embeddable: true,
  discriminatorValue: 'box',
  properties: { width: p.float() },
}).setClass(Box);
defineEntity({
  name: 'Shop',
  properties: {
    id: p.integer().primary(),
    inline: () => p.embedded(Place),
    json: () => p.embedded(Place).object().nullable(),
    list: () => p.embedded(Place).array(),
    shape: () => p.embedded([Circle, Box]).nullable(),
  },
}).setClass(Shop);

const street = "Uncaught UnknownProperty: Place has no property 'stret'; did you mean 'street'?";
const lat = "Uncaught UnknownProperty: Spot has no property 'lt'; did you mean 'lat'?";

/** Typed on an object of the class that is new, or on one that was read. */
const named: readonly [line: string, error: string][] = [
  ["s.inline.stret = 'x'", street],
  ["s.json.stret = 'x'", street],
  ["s.list[0].stret = 'x'", street],
  ["for (const place of s.list) place.stret = 'x'", street],
  ['s.inline.spot.lt = 1', lat],
  ['s.json.spot.lt++', lat],
  ['s.inline.stret', street],
  ['const { stret } = s.json', street],
  ['s.json?.spot.lt', lat],
];

/** What is refused by the flush, and a change that mends it. */
const flushed: readonly [line: string, error: string, mended: string][] = [
  ["s.inline = Object.assign(new Place('q'), { stret: 1 })", street, 'delete s.inline.stret'],
  ["s.json = Object.assign(new Place('q'), { stret: 1 })", street, "s.json = new Place('q')"],
  ["s.list.push({ street: 'q', stret: 1 })", street, 'delete s.list[1].stret'],
  ["s.inline = { street: 'q', spot: { lat: 1, lt: 2 } }", lat, 'delete s.inline.spot.lt'],
  [
    "s.shape = { kind: 'circle', r: 1, width: 2 }",
    "Uncaught UnknownProperty: Circle has no property 'width'",
    'delete s.shape.width',
  ],
];

testScripts(
  'names of embedded objects',
  [
    [
      '39: what an embedded object does not have is an error to assign, and to read',
      ['> s = new Shop(); 1\n1', '> add(s); commit(); expunge(s); s = get(Shop, 1); s.id\n1']
        .flatMap(made => [made, ...named.map(([line, error]) => `> ${line}\n${error}`)])
        .join('\n'),
    ],
    [
      '39: what is given with a name that it does not have is refused by the flush, and stays staged',
      [
        '> s = new Shop(); add(s); commit()\ncommitted 1 new (Shop)',
        ...flushed.map(
          ([line, error, mended]) =>
            `> ${line}; commit()\n${error}\n> ${mended}; commit()\ncommitted 1 changed (Shop)`,
        ),
        `> t = new Shop(); Object.assign(t.list[0], { stret: 1 }); add(t); commit()\n${street}`,
        '> delete t.list[0].stret; commit()\ncommitted 1 new (Shop)',
      ].join('\n'),
    ],
    [
      '39: what only another class has is refused, also where a row has brought it as null',
      `> s = new Shop(); s.shape = Object.assign(new Circle(), { r: 1 }); add(s); commit()
      committed 1 new (Shop)
      > s.shape.width = 1
      Uncaught UnknownProperty: Circle has no property 'width'
      > s.shape.r = 2; commit()
      committed 1 changed (Shop)`,
    ],
    [
      '39: what a class keeps for itself is not refused',
      `> s = new Shop(); s.inline.note = 'n'; s.list[0].loud; add(s); commit()
      committed 1 new (Shop)
      > s.inline.cached = 'x'; [s.inline.loud, s.inline.calls, s.json.cached, s.list[0].loud]
      [ 'x', 1, undefined, 'C' ]
      > s.inline.street = 'z'; s.list[0].street = 'y'; commit()
      committed 1 changed (Shop)
      > [s.inline.note, s.inline.cached, s.inline.calls]
      [ 'n', 'x', 1 ]`,
    ],
  ],
  dialects,
  { Shop, Place, Spot, Shape, Circle, Box },
);
