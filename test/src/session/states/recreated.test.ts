// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Yard {
  declare code: string;
  declare boats: Collection<Boat>;

  constructor(code: string) {
    this.code = code;
    this.boats = new Collection<Boat>(this);
  }
}

class Boat {
  declare id: number;
  declare name: string;
  declare length: number | null;
  declare version: number;
  declare yard: Yard | null;
  declare oars: Collection<Oar>;

  constructor(name: string, yard?: Yard) {
    this.name = name;
    this.oars = new Collection<Oar>(this);
    if (yard !== undefined) this.yard = yard;
  }
}

class Oar {
  declare boat: Boat;
  declare no: number;

  constructor(boat: Boat, no: number) {
    this.boat = boat;
    this.no = no;
  }
}

defineEntity({
  name: 'Yard',
  properties: { code: p.string().primary(), boats: () => p.oneToMany(Boat).mappedBy('yard') },
}).setClass(Yard);
defineEntity({
  name: 'Boat',
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    length: p.integer().nullable(),
    version: p.integer().version(),
    yard: () => p.manyToOne(Yard).nullable(),
    oars: () => p.oneToMany(Oar).mappedBy('boat').orphanRemoval(),
  },
}).setClass(Boat);
defineEntity({
  name: 'Oar',
  properties: { boat: () => p.manyToOne(Boat).primary(), no: p.integer().primary() },
}).setClass(Oar);

const begin = "> y = new Yard('y'); b = new Boat('b', y); add(b); commit(); b.name\n'b'";
const rows = `> other('select name, yard_code from boat order by name')`;

const ways: Readonly<Record<string, string>> = {
  'by the relation': '> b.yard = z; b.yard === z\ntrue',
  'by the list': '> z.boats.add(b); b.yard === z\ntrue',
};

const scripts: readonly Script[] = [
  ...Object.entries(ways).flatMap(([way, assigned]): Script[] => [
    [
      `34: a new object with the key of a removed one is another row for what refers to it ${way}`,
      `${begin}
      > remove(y); z = new Yard('y'); session.deleted.length
      1
      ${assigned}
      > commit()
      committed 1 new (Yard), 1 changed (Boat), 1 removed (Yard)
      > [b.yard === z, z.boats.length, session.has(y)]
      [ true, 1, false ]
      ${rows}
      [ { name: 'b', yard_code: 'y' } ]`,
    ],
    [
      `18, 34: rollback() takes that back, ${way}`,
      `${begin}
      > remove(y); z = new Yard('y'); session.deleted.length
      1
      ${assigned}
      > flush(); rollback()
      rolled back 1 new (Yard), 1 changed (Boat), 1 removed (Yard)
      > [b.yard === y, session.has(z), session.dirty.length]
      [ true, false, 0 ]
      > commit()
      nothing to commit
      ${rows}
      [ { name: 'b', yard_code: 'y' } ]`,
    ],
  ]),
  [
    '38: what goes with a removed object goes before it, where a new object takes its place',
    `${begin}
    > b.oars.add(new Oar(b, 1)); commit()
    committed 1 new (Oar)
    > remove(b); c = new Boat('b'); add(c); commit()
    committed 1 new (Boat), 2 removed (Boat, Oar)
    > [Boat.query.one() === c, Oar.query.count()]
    [ true, 0 ]`,
  ],
  [
    '36: a new object in a list with one that was never loaded keeps its version',
    `${begin}
    > y.boats.length; expunge(b); c = new Boat('c', y); add(c); flush()
    flushed 1 new (Boat)
    > c.length = 3; commit()
    committed 1 new (Boat)
    > other('select name, version from boat order by name')
    [ { name: 'b', version: 1 }, { name: 'c', version: 2 } ]`,
  ],
];

testScripts('what takes the place of another', scripts, dialects, { Yard, Boat, Oar });
