// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Code {
  declare code: string;
  declare name: string;

  constructor(code: string, name = code) {
    this.code = code;
    this.name = name;
  }
}

/** Its key is a code. */
class Seat {
  declare code: Code;
  declare text: string;

  constructor(code: Code, text: string) {
    this.code = code;
    this.text = text;
  }
}

/** Its key is a seat, and with it a code. */
class Plate {
  declare seat: Seat;
  declare text: string;
}

/** Its key is two codes. */
class Pair {
  declare left: Code;
  declare right: Code;
  declare rank: number;
}

class Note {
  declare id: number;
  declare code: Code | null;
  declare pair: Pair | null;
}

defineEntity({ name: 'Code', properties: { code: p.string().primary(), name: p.string() } }).setClass(Code);
defineEntity({
  name: 'Seat',
  properties: { code: () => p.manyToOne(Code).primary(), text: p.string() },
}).setClass(Seat);
defineEntity({
  name: 'Plate',
  properties: { seat: () => p.oneToOne(Seat).primary().owner(), text: p.string() },
}).setClass(Plate);
defineEntity({
  name: 'Pair',
  properties: {
    left: () => p.manyToOne(Code).primary(),
    right: () => p.manyToOne(Code).primary(),
    rank: p.integer(),
  },
}).setClass(Pair);
defineEntity({
  name: 'Note',
  properties: {
    id: p.integer().primary(),
    code: () => p.manyToOne(Code).nullable(),
    pair: () => p.manyToOne(Pair).nullable(),
  },
}).setClass(Note);

const a = `addAll([new Seat(new Code('a'), 's'), new Code('b')]); commit(); s = get(Seat, 'a')`;
const rows = `other('select code, name from code order by code').map(row => row.code + row.name)`;

testScripts(
  'data within data',
  [
    [
      '34: em.assign() of a relation that is the key: a new object',
      `> ${a}; em.assign(s, { code: { code: 'n', name: 'N' } }); commit()
      committed 1 new (Code), 1 changed (Seat)
      > [get(Seat, 'n') === s, get(Seat, 'a'), s.code.name, ${rows}]
      [ true, null, 'N', [ 'aa', 'bb', 'nN' ] ]
      > em.assign(s, { code: { code: 'o', name: 'O' } }); flush(); rollback(); [s.code.code, session.new, get(Seat, 'n') === s]
      [ 'n', [], true ]`,
    ],
    [
      '34: one that is loaded gets the data, and by its key alone it is referred to',
      `> ${a}; b = get(Code, 'b'); em.assign(s, { code: { code: 'b', name: 'B' } }); commit()
      committed 2 changed (Code, Seat)
      > [s.code === b, get(Seat, 'b') === s, ${rows}]
      [ true, true, [ 'aa', 'bB' ] ]
      > em.clear(); s = Seat.query.one(); em.assign(s, { code: { code: 'a' } }); commit(); [s.code.name, get(Seat, 'a') === s]
      [ 'a', true ]
      > em.clear(); s = Seat.query.one(); em.assign(s, { code: { code: 'b', name: 'x' } }); commit()
      Uncaught UniqueViolation
      > rollback(); [s.code.code, ${rows}]
      [ 'a', [ 'aa', 'bB' ] ]`,
    ],
    [
      '34: keys of several parts, and those of what is in a key',
      `> ${a}; n = new Note(); em.assign(n, { pair: { left: { code: 'a', name: 'A' }, right: { code: 'n', name: 'N' }, rank: 1 } }); add(n); commit()
      committed 3 new (Code, Note, Pair), 1 changed (Code)
      > em.assign(n, { pair: { left: { code: 'a' }, right: { code: 'b' }, rank: 2 } }); commit(); [n.pair.right.name, ${rows}]
      [ 'b', [ 'aA', 'bb', 'nN' ] ]
      > em.assign(n.pair, { left: { code: 'b' }, right: { code: 'm', name: 'M' } }); m = n.pair; n.pair = null; commit(); get(Pair, ['b', 'm']) === m
      true
      > p = new Plate(); em.assign(p, { seat: { code: { code: 'q', name: 'Q' }, text: 't' }, text: 'p' }); add(p); commit()
      committed 3 new (Code, Plate, Seat)
      > em.assign(p, { seat: { code: { code: 'r', name: 'R' }, text: 't' } }); commit(); [get(Plate, 'r') === p, p.seat.code.name]
      [ true, 'R' ]`,
    ],
    [
      '40: what is given for an object that is there is assigned to it, also by em.create()',
      `> ${a}; n = em.create(Note, { code: { code: 'a', name: 'A' } }); commit()
      committed 1 new (Note), 1 changed (Code)
      > em.create(Code, { code: 'b', name: 'B' }); [session.new.length, session.dirty.length, get(Code, 'b').name]
      [ 0, 1, 'B' ]
      > rollback(); get(Code, 'b').name
      'b'
      > em.clear(); r = em.getReference(Code, 'a'); em.create(Code, { code: 'a', name: 'Z' }) === r; commit(); ${rows}
      [ 'aZ', 'bb' ]
      > em.clear(); r = em.getReference(Seat, 'a'); em.create(Seat, { code: r.code }); r.text
      's'`,
    ],
  ],
  dialects,
  { Code, Seat, Plate, Pair, Note },
);
