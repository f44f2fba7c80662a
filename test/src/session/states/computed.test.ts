// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Sign {
  declare id: number;
  declare text: string;
  declare loud: string | null;
  declare letters: number;
  declare over: Sign | null;
  declare overId: number | null;

  constructor(text: string, fields: object = {}) {
    this.text = text;
    Object.assign(this, fields);
  }
}

defineEntity({
  name: 'Sign',
  properties: {
    id: p.integer().primary(),
    text: p.string(),
    loud: p
      .string()
      .generated(columns => `(upper(${columns.text})) stored`)
      .nullable(),
    letters: p.integer().formula(columns => `length(${columns.text})`),
    over: () => p.manyToOne(Sign).nullable(),
    overId: p.integer().persist(false).fieldName('over_id').nullable(),
  },
}).setClass(Sign);

testScripts(
  'computed columns',
  [
    [
      '35: what the database computes is not assigned',
      `> s = new Sign('a'); add(s); commit(); s.loud
      'A'
      > s.loud = 'x'
      Uncaught BadArgument: Sign.loud is computed by the database and cannot be assigned
      > [s.loud, session.dirty]
      [ 'A', [] ]
      > s.text = 'b'; commit(); s.loud
      'B'
      > expunge(s); s.text = 'c'; t = merge(s); commit(); t.loud
      'C'
      > em.clear(); em.getReference(Sign, 1).loud = 'x'
      Uncaught BadArgument: Sign.loud is computed by the database and cannot be assigned
      > rollback(); Sign.query.one().loud
      'C'`,
    ],
    [
      '8, 41: what the database computes of a row is read anew after a flush',
      `> s = new Sign('a'); add(s); flush(); [s.letters, s.loud]
      [ 1, 'A' ]
      > s.text = 'bb'; flush(); [s.letters, s.loud]
      [ 2, 'BB' ]
      > s.text = 'ccc'; [Sign.query.one() === s, s.letters, s.loud]
      [ true, 3, 'CCC' ]
      > commit(); s.letters; s.text = 'dddd'; em.flush(); [s.letters, s.loud]
      [ 4, 'DDDD' ]
      > s.text = 'eeeee'; em.transactional(async () => {}); [s.letters, s.loud]
      [ 5, 'EEEEE' ]
      > s.text = 'f'; flush(); s.text = 'gg'; [s.letters, s.text, session.dirty.length]
      [ 1, 'gg', 1 ]
      > rollback(); [s.letters, s.text]
      [ 5, 'eeeee' ]`,
    ],
    [
      '35: nor is a formula, or what shows the column of another field',
      `> s = new Sign('a'); add(s); commit(); s.letters
      1
      > s.letters = 5
      Uncaught BadArgument: Sign.letters is computed by the database and cannot be assigned
      > s.overId = 1
      Uncaught BadArgument: Sign.overId shows the column of Sign.over and cannot be assigned
      > [s.letters, s.overId, session.dirty]
      [ 1, null, [] ]
      > s.text = 'abc'; s.over = s; commit(); [s.letters, s.overId]
      [ 3, 1 ]
      > em.clear(); em.getReference(Sign, 1).letters = 5
      Uncaught BadArgument: Sign.letters is computed by the database and cannot be assigned
      > s = merge(s); [s.letters, session.dirty]
      [ 3, [] ]`,
    ],
    [
      '35: neither is given to a new object, or by a query',
      `> new Sign('a', { loud: 'x' })
      Uncaught BadArgument: Sign.loud is computed by the database and cannot be assigned
      > new Sign('a', { overId: 1 })
      Uncaught BadArgument: Sign.overId shows the column of Sign.over and cannot be assigned
      > em.create(Sign, { text: 'a', letters: 5 })
      Uncaught BadArgument: Sign.letters is computed by the database and cannot be assigned
      > s = new Sign('a', { loud: null }); add(s); commit()
      committed 1 new (Sign)
      > em.assign(s, { loud: 'x' })
      Uncaught BadArgument: Sign.loud is computed by the database and cannot be assigned
      > Sign.query.update({ loud: 'x' })
      Uncaught BadArgument: Sign.loud is computed by the database and cannot be assigned
      > [s.loud, session.dirty]
      [ 'A', [] ]`,
    ],
    [
      '39: em.assign() and em.create() know no other fields, nested ones neither',
      `> s = new Sign('a'); add(s); commit()
      committed 1 new (Sign)
      > em.assign(s, { text: 'b', txt: 'c' })
      Uncaught UnknownProperty: Sign has no property 'txt'; did you mean 'text'?
      > em.assign(s, { text: 'b', over: { txt: 'c' } })
      Uncaught UnknownProperty: Sign has no property 'txt'; did you mean 'text'?
      > em.create(Sign, { txt: 'c' })
      Uncaught UnknownProperty: Sign has no property 'txt'; did you mean 'text'?
      > [s.text, session.dirty, session.new]
      [ 'a', [], [] ]
      > em.assign(s, { text: 'b' }); commit()
      committed 1 changed (Sign)`,
    ],
  ],
  dialects,
  { Sign },
);

testScripts('lazy formulas', [
  [
    '8, 41: one that was read is read anew after a flush',
    `> a = new Author('a'); b = new Author('b'); addAll([a, b]); commit(); [a.loud, b.loud]
    [ 'A', 'B' ]
    > a.name = 'c'; flush(); [a.loud, b.loud]
    [ 'C', 'B' ]
    > a.name = 'd'; Author.query.filterBy({ name: 'd' }).one().loud
    'D'
    > rollback(); a.loud
    'A'`,
  ],
]);
