// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Sign {
  declare id: number;
  declare text: string;
  declare loud: string | null;

  constructor(text: string) {
    this.text = text;
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
  ],
  dialects,
  { Sign },
);
