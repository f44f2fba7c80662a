// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Owner {
  declare id: number;
  declare name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What is embedded is one of its two subclasses. */
abstract class Shape {
  declare type: string;
  declare color: string | null;
}

class Circle extends Shape {
  declare r: number;

  constructor(r: number) {
    super();
    this.r = r;
  }
}

class Box extends Shape {
  declare w: number;
  declare owner: Owner | null;

  constructor(w: number, owner: Owner | null = null) {
    super();
    this.w = w;
    this.owner = owner;
  }
}

class Drawing {
  declare id: number;
  declare one: Circle | Box;
  declare other: Circle | Box | null;
  declare json: Circle | Box | null;
  declare list: (Circle | Box)[];

  constructor(one: Circle | Box) {
    this.one = one;
    this.other = null;
    this.json = null;
    this.list = [];
  }
}

defineEntity({ name: 'Owner', properties: { id: p.integer().primary(), name: p.string() } }).setClass(Owner);
defineEntity({
  name: 'Shape',
  embeddable: true,
  abstract: true,
  discriminatorColumn: 'type',
  properties: { type: p.enum(['circle', 'box']), color: p.string().nullable() },
}).setClass(Shape as never);
defineEntity({
  name: 'Circle',
  extends: Shape as never,
  embeddable: true,
  discriminatorValue: 'circle',
  properties: { r: p.integer() },
}).setClass(Circle);
defineEntity({
  name: 'Box',
  extends: Shape as never,
  embeddable: true,
  discriminatorValue: 'box',
  properties: { w: p.integer(), owner: () => p.manyToOne(Owner).nullable() },
}).setClass(Box);

const either = () => p.embedded([Circle, Box] as never);

defineEntity({
  name: 'Drawing',
  properties: {
    id: p.integer().primary(),
    one: () => either(),
    other: () => either().nullable(),
    json: () => either().object().nullable(),
    list: () => either().array(),
  },
}).setClass(Drawing as never);

const added = `d = new Drawing(new Circle(1)); d.json = new Box(2); d.list = [new Box(3), new Circle(4)]; add(d); commit()
      committed 1 new (Drawing)`;
const seen = (one: string) =>
  `[${one}].map(s => s && s.constructor.name + s.type + (s.r ?? '') + (s.w ?? '')).join()`;
const all = seen('d.one, d.other, d.json, ...d.list');
const changed = `d.one = new Box(11); d.other = new Circle(12); d.json = new Circle(13); d.list = [new Circle(14), new Box(15)]`;
const before = `'Circlecircle1,,Boxbox2,Boxbox3,Circlecircle4'`;
const after = `'Boxbox11,Circlecircle12,Circlecircle13,Circlecircle14,Boxbox15'`;

testScripts(
  'embedded objects of several classes',
  [
    [
      '6, 40: are written with their class, assigned, changed in place, and taken away',
      `> ${added}
      > em.clear(); d = Drawing.query.one(); [${all}, session.dirty.length]
      [ ${before}, 0 ]
      > ${changed}; commit(); em.clear(); d = Drawing.query.one(); [${all}, session.dirty.length]
      [ ${after}, 0 ]
      > d.one.w++; d.other.r++; d.json.r++; d.list[0].r++; d.list.pop(); commit(); em.clear(); d = Drawing.query.one(); ${all}
      'Boxbox12,Circlecircle13,Circlecircle14,Circlecircle15'
      > d.other = d.json = null; d.list = []; commit(); other('select one_r, one_w, other_type, other_r from drawing')
      [ { one_r: null, one_w: 12, other_type: null, other_r: null } ]
      > d.one = null; commit()
      Uncaught MissingValue: Drawing.one.type has no value, and it needs one`,
    ],
    [
      '18: come back with rollback(), as what they were',
      `> ${added}
      > ${changed}; rollback(); ${all}
      ${before}
      > ${changed}; flush(); rollback(); [${all}, session.dirty]
      [ ${before}, [] ]
      > d.one.r = 5; d.json.w = 6; d.list[0].w = 7; flush(); rollback(); ${all}
      ${before}
      > d.one = { type: 'box', w: 7 }; commit(); ${seen('d.one')}
      'Boxbox7'
      > d.one = new Circle(8); nested(() => { d.one = new Box(9); flush(); throw new Error('x') })
      Uncaught Error: x
      > ${seen('d.one')}
      'Circlecircle8'
      > rollback(); ${seen('d.one')}
      'Boxbox7'`,
    ],
    [
      '21: what another writer makes of them is read',
      `> ${added}
      > em.execute("update drawing set one_type = 'box', one_w = 5, one_r = null").length; refresh(d); ${seen('d.one')}
      'Boxbox5'
      > d.one.w = 6; commit(); other('select one_type, one_r, one_w from drawing')
      [ { one_type: 'box', one_r: null, one_w: 6 } ]`,
    ],
    [
      '28, 37: in conditions, and in update(), which leaves nothing of another class',
      `> ${added}
      > ['one.r', 'one.w', 'json.w'].map(path => Drawing.query.filterBy({ [path]: path === 'json.w' ? 2 : 1 }).count())
      [ 1, 0, 1 ]
      > [{ one: { type: 'circle' } }, { one: { type: 'box' } }, { json: { w: { $gt: 1 } } }].map(one => Drawing.query.filter(one).count())
      [ 1, 0, 1 ]
      > Drawing.query.filterBy({ 'one.r': 'x' })
      Uncaught InvalidValue: Drawing.one.r is an integer and cannot hold 'x'
      > Drawing.query.update({ one: new Box(7), json: new Circle(8) }); ${seen('d.one, d.json')}
      'Boxbox7,Circlecircle8'
      > commit(); other('select one_type, one_r, one_w from drawing')
      [ { one_type: 'box', one_r: null, one_w: 7 } ]
      > Drawing.query.update({ one: { type: 'circle', r: 9 } }); rollback(); ${seen('d.one')}
      'Boxbox7'`,
    ],
    [
      '40: em.assign() and em.create() take the class that the data name',
      `> d = em.create(Drawing, { one: { type: 'box', w: 1 }, json: { type: 'circle', r: 2 }, list: [{ type: 'box', w: 3 }] }); commit(); ${all}
      'Boxbox1,,Circlecircle2,Boxbox3'
      > em.assign(d, { one: { w: 5 }, json: { r: 6 } }); ${seen('d.one, d.json')}
      'Boxbox5,Circlecircle6'
      > em.assign(d, { one: { type: 'circle', r: 7 }, other: new Box(8), json: new Box(9) }); ${seen('d.one, d.other, d.json')}
      'Circlecircle7,Boxbox8,Boxbox9'
      > commit(); other('select one_type, one_r, one_w from drawing')
      [ { one_type: 'circle', one_r: 7, one_w: null } ]`,
    ],
    [
      '15: what they refer to is loaded, and gone with them',
      `> d = new Drawing(new Box(1, new Owner('o'))); d.json = new Box(2); add(d); commit(); d.one.owner.name
      'o'
      > em.clear(); d = Drawing.query.one(); d.one.owner.name
      'o'
      > d.json.owner = d.one.owner; d.one = new Circle(1); commit(); other('select one_owner_id from drawing')
      [ { one_owner_id: null } ]
      > em.clear(); Drawing.query.one().json.owner.name
      'o'`,
    ],
  ],
  dialects,
  { Owner, Circle, Box, Drawing },
);
