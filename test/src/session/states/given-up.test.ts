// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { withMariadb } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

/** Takes its fields. */
class Fields {
  declare n?: number;

  constructor(fields: object) {
    Object.assign(this, fields);
  }
}

/** Its key is a word. */
class Word extends Fields {
  declare code: string;
  declare n: number;
}
/** So is that of this one, to which others refer. */
class Land extends Fields {
  declare code: string;
  declare n: number;
}
class Town extends Fields {
  declare id: number;
  declare land: Land | null;
}
class Coin extends Fields {
  declare id: number;
  declare code: string;
  declare n: number;
}
class Purse extends Fields {
  declare id: number;
  declare coin: Coin | null;
}
class Room extends Fields {
  declare id: number;
  declare house: string;
  declare code: string;
  declare n: number;
}
class Flat extends Fields {
  declare house: string;
  declare code: string;
  declare n: number;
}
class Label extends Fields {
  declare code: string;
}
class Box extends Fields {
  declare id: number;
  declare label: Label;
  declare n: number;
}
class Crate extends Fields {
  declare id: number;
  declare label: Mark;
  declare house: string;
  declare n: number;
}
class Mark extends Fields {
  declare code: string;
}
class Seat extends Fields {
  declare hall: string;
  declare no: number;
  declare guest: Guest | null;
}
class Guest extends Fields {
  declare id: number;
  declare code: Seat | null;
  declare n: number;
}

const n = p.integer();
const id = p.integer().primary();
defineEntity({ name: 'Word', properties: { code: p.string().primary(), n } }).setClass(Word);
defineEntity({ name: 'Land', properties: { code: p.string().primary(), n } }).setClass(Land);
defineEntity({ name: 'Town', properties: { id, land: () => p.manyToOne(Land).nullable() } }).setClass(Town);
defineEntity({
  name: 'Coin',
  properties: { id, code: p.string().unique(), n },
}).setClass(Coin);
defineEntity({ name: 'Purse', properties: { id, coin: () => p.manyToOne(Coin).nullable() } }).setClass(Purse);
defineEntity({
  name: 'Room',
  properties: { id, house: p.string(), code: p.string(), n },
  uniques: [{ properties: ['house', 'code'] }],
}).setClass(Room);
defineEntity({
  name: 'Flat',
  properties: { house: p.string().primary(), code: p.string().primary(), n },
}).setClass(Flat);
defineEntity({ name: 'Label', embeddable: true, properties: { code: p.string().unique() } }).setClass(Label);
defineEntity({ name: 'Box', properties: { id, label: () => p.embedded(Label), n } }).setClass(Box);
defineEntity({ name: 'Mark', embeddable: true, properties: { code: p.string() } }).setClass(Mark);
defineEntity({
  name: 'Crate',
  properties: { id, label: () => p.embedded(Mark), house: p.string(), n },
  uniques: [{ properties: ['label.code', 'house'] as never }],
}).setClass(Crate);
defineEntity({
  name: 'Seat',
  properties: {
    hall: p.string().primary(),
    no: p.integer().primary(),
    guest: () => p.oneToOne(Guest).mappedBy('code').orphanRemoval().nullable(),
  },
}).setClass(Seat);
defineEntity({
  name: 'Guest',
  properties: { id, code: () => p.oneToOne(Seat).owner().inversedBy('guest').nullable(), n },
}).setClass(Guest);

/** What is unique, how an object with such a value `code` is made, and where it is. */
const uniques: readonly (readonly [what: string, type: string, fields: string, path?: string])[] = [
  ['a key', 'Word', 'code'],
  ['a key that something could refer to', 'Land', 'code'],
  ['a value', 'Coin', 'code'],
  ['a value with another', 'Room', "house: 'h', code"],
  ['a key with another part', 'Flat', "house: 'h', code"],
  ['a value of an embedded object', 'Box', 'label: new Label({ code })', 'label.code'],
  ['one with another', 'Crate', "house: 'h', label: new Mark({ code })", 'label.code'],
  ['a one-to-one relation to a key of two parts', 'Guest', 'code'],
];

/** What takes the value x from an object a, or y from b, what is counted, and which object has which value then. */
const exchanges: readonly (readonly [typed: string, counted: string, then: string])[] = [
  ['remove(a); add(made(x, 3))', '1 new, 1 removed', '2:y 3:x'],
  ['remove(a); b.code = x', '1 changed, 1 removed', '2:x'],
  ['a.code = z; add(made(x, 3))', '1 new, 1 changed', '1:z 2:y 3:x'],
  ['b.code = z; a.code = y', '2 changed', '1:y 2:z'],
  ['a.code = z; b.code = x', '2 changed', '1:z 2:x'],
  ['b.code = x; a.code = z; add(made(y, 3))', '1 new, 2 changed', '1:z 2:x 3:y'],
  ['remove(a); remove(b); addAll([made(y, 3), made(x, 4)])', '2 new, 2 removed', '3:y 4:x'],
];

const scripts = uniques.flatMap(([what, type, fields, path = 'code']): Script[] => {
  const at = (line: string) => line.replaceAll('.code', `.${path}`);
  const begin = `
    > s = [1, 2, 3].map(no => new Seat({ hall: 'h', no })); addAll(s); [x, y, z] = ${type === 'Guest' ? 's' : "['x', 'y', 'z']"}
    > made = (code, n) => new ${type}({ ${fields}, n }); a = made(x, 1); b = made(y, 2); addAll([a, b]); commit(); a.n
    1`.replace(/(> s = .*)/, '$1; s.length\n    3');
  const shown = at(
    `${type}.query.orderBy('n').all().map(e => e.n + ':' + (e.code === x ? 'x' : e.code === y ? 'y' : 'z')).join(' ')`,
  );
  const inWords = (counted: string) => counted.replaceAll(/new|changed|removed/g, `$& (${type})`);
  return [
    [
      `6, 18, 34: ${what} is taken by another where it is given up, and back after rollback()`,
      exchanges
        .map(
          ([typed, counted, then]) => `${begin}
            > ${at(typed)}; flush(); rollback()
            rolled back ${inWords(counted)}
            > ${shown}
            '1:x 2:y'
            > session.dirty.length + session.new.length
            0
            > ${at(typed)}; commit()
            committed ${inWords(counted)}
            > em.clear(); ${type === 'Guest' ? "[x, y, z] = Seat.query.orderBy('no').all(); " : ''}${shown}
            '${then}'
            > ${type}.query.delete() + Seat.query.delete() > 3; commit(); em.clear()`,
        )
        .join(''),
    ],
    [
      `19: ${what} that two exchange is refused, and what to do is said`,
      `${begin}
      > ${at('a.code = y; b.code = x')}; try { commit() } catch (error) { hint = error.hint }; hint.slice(0, 19)
      'Objects exchange it'
      > ${at('a.code = z')}; flush(); ${at('a.code = y')}; commit()
      committed 2 changed (${type})
      > ${shown}
      '1:y 2:x'`,
    ],
  ];
});

testScripts(
  'unique values that are given up',
  [
    ...scripts,
    [
      '6, 38: a one-to-one relation to a key of two parts is replaced',
      `> s = new Seat({ hall: 'h', no: 1 }); g = new Guest({ n: 1 }); s.guest = g; add(s); commit()
      committed 2 new (Guest, Seat)
      > h = new Guest({ n: 2 }); s.guest = h; commit()
      committed 1 new (Guest), 1 removed (Guest)
      > [s.guest === h, session.has(g), Guest.query.count()]
      [ true, false, 1 ]`,
    ],
    [
      '6: what refers to the removed object is written, too',
      `> c = new Coin({ code: 'x', n: 1 }); d = new Coin({ code: 'y', n: 2 }); e = new Purse({ coin: c }); addAll([c, d, e]); commit()
      committed 3 new (Coin, Purse)
      > remove(c); d.code = 'x'; e.coin = d; commit()
      committed 2 changed (Coin, Purse), 1 removed (Coin)
      > other('select c.code from purse join coin c on c.id = coin_id')
      [ { code: 'x' } ]`,
    ],
    [
      '6: what gives up a place for one that is new is written twice',
      `> s = new Seat({ hall: 'h', no: 1 }); g = new Guest({ n: 1, code: s }); addAll([s, g]); commit()
      committed 2 new (Guest, Seat)
      > s.guest === g
      true
      > g.code = new Seat({ hall: 'h', no: 2 }); h = new Guest({ n: 2, code: s }); add(h); commit()
      committed 2 new (Guest, Seat), 1 changed (Guest)
      > other('select n, code_no from guest order by n')
      [ { n: 1, code_no: 2 }, { n: 2, code_no: 1 } ]`,
    ],
    [
      '6: and so it is by em.flush(), and by em.transactional()',
      `> a = new Room({ house: 'h', code: 'x', n: 1 }); b = new Room({ house: 'h', code: 'y', n: 2 }); addAll([a, b]); commit()
      committed 2 new (Room)
      > b.code = 'z'; a.code = 'y'; em.flush(); [session.dirty.length, a.code, b.code]
      [ 0, 'y', 'z' ]
      > em.transactional(async () => { a.code = 'x'; b.code = 'y' }); other('select code from room order by n')
      [ { code: 'x' }, { code: 'y' } ]`,
    ],
  ],
  withMariadb,
  { Word, Land, Town, Coin, Purse, Room, Flat, Label, Crate, Mark, Box, Seat, Guest },
);
