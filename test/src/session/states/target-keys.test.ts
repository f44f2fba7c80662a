// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Port {
  declare id: number;
  declare code: string;
  lines = new Collection<Line>(this);

  constructor(code: string) {
    this.code = code;
  }
}

class Line {
  declare id: number;
  declare name: string;
  declare hub: Port | null;

  constructor(hub: Port | null = null) {
    this.name = 'l';
    this.hub = hub;
  }
}

/** Refers to another one by a number that the driver gives as text. */
class Boss {
  declare id: number;
  declare code: bigint;
  declare over: Boss | null;

  constructor(code: bigint, over: Boss | null = null) {
    this.code = code;
    this.over = over;
  }
}

class Day {
  declare id: number;
  declare day: Date;

  constructor(day: Date) {
    this.day = day;
  }
}

class Talk {
  declare id: number;
  declare day: Day | null;

  constructor(day: Day | null = null) {
    this.day = day;
  }
}

defineEntity({
  name: 'Port',
  properties: {
    id: p.integer().primary(),
    code: p.string().unique(),
    lines: () => p.oneToMany(Line).mappedBy('hub'),
  },
}).setClass(Port);
defineEntity({
  name: 'Line',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    hub: () => p.manyToOne(Port).targetKey('code').inversedBy('lines').nullable(),
  },
}).setClass(Line);
defineEntity({
  name: 'Boss',
  properties: {
    id: p.integer().primary(),
    code: p.bigint().unique(),
    over: () => p.manyToOne(Boss).targetKey('code').nullable(),
  },
}).setClass(Boss);
defineEntity({
  name: 'Day',
  properties: { id: p.integer().primary(), day: p.datetime().unique() },
}).setClass(Day);
defineEntity({
  name: 'Talk',
  properties: { id: p.integer().primary(), day: () => p.oneToOne(Day).targetKey('day').nullable() },
}).setClass(Talk);

const begin =
  "> a = new Port('a'); b = new Port('b'); addAll([a, b]); flush(); l = new Line(b); add(l); commit(); l.hub === b\n  true";
const rows = "other('select id, hub_id from line')";

testScripts(
  'a relation by another field than the key',
  [
    ...[
      'get(Line, 1)',
      'Line.query.first()',
      '[...Line.query][0]',
      "em.find(Line, {}, { populate: ['hub'] })[0]",
      "em.find(Line, {}, { populate: ['hub'], strategy: 'select-in' })[0]",
      'em.findOne(Line, 1)',
    ].map((read): [string, string] => [
      `1: refers to the object of the row, and is no change, by ${read}`,
      `${begin}
      > em.clear(); l = ${read}; [l.hub.code, l.hub.id, l.hub === get(Port, 2), session.new.length, session.dirty.length]
      [ 'b', 2, true, 0, 0 ]
      > l.name = 'm'; commit()
      committed 1 changed (Line)
      > [${rows}, l.hub.lines[0] === l]
      [ [ { id: 1, hub_id: 'b' } ], true ]`,
    ]),
    [
      '1: where the loop over a query holds the rows',
      `${begin}
      > em.clear(); codes = []; for (x of Line.query) codes.push(x.hub.code)
      > [codes, session.new.length]
      [ [ 'b' ], 0 ]`,
    ],
    [
      '12, 18: is what it was after rollback() and expire(), and in the lists of the other side',
      `${begin}
      > [a.lines.length, b.lines.length]
      [ 0, 1 ]
      > l.hub = a; [a.lines.length, b.lines.length]
      [ 1, 0 ]
      > rollback(); [l.hub === b, a.lines.length, b.lines.length, session.dirty.length]
      [ true, 0, 1, 0 ]
      > l.hub = null; expire(l); [l.hub === b, session.dirty.length]
      [ true, 0 ]
      > l.hub = a; commit(); [l.hub === a, a.lines.length, b.lines.length]
      [ true, 1, 0 ]`,
    ],
    [
      '26, 29: is compared with an object and set to one as with what is named',
      `${begin}
      > [{ hub: b }, { hub: 'b' }, { hub: [b] }, { hub: { $ne: a } }, { hub: a }].map(each => Line.query.filter(each).count())
      [ 1, 1, 1, 1, 0 ]
      > Line.query.update({ hub: a }); commit(); [l.hub === a, ${rows}]
      [ true, [ { id: 1, hub_id: 'a' } ] ]`,
    ],
    [
      '1: in a circle, by values that the database has otherwise',
      `> a = new Boss(2n ** 60n + 1n); b = new Boss(7n, a); a.over = b; addAll([a, b]); commit()
      committed 2 new (Boss)
      > em.clear(); b = Boss.query.filterBy({ code: 7n }).one(); [b.over.code, b.over.over === b, session.dirty.length]
      [ 1152921504606846977n, true, 0 ]
      > t = new Talk(new Day(new Date(86400001))); add(t); commit()
      committed 2 new (Day, Talk)
      > em.clear(); t = get(Talk, 1); [+t.day.day, session.dirty.length, Talk.query.filterBy({ day: t.day }).count()]
      [ 86400001, 0, 1 ]`,
    ],
  ],
  dialects,
  { Port, Line, Boss, Day, Talk },
);
