// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { testScripts } from '../../../support/typed.ts';

class Cat {
  declare id: number;
  declare name: string;
  declare parent: Cat | null;
  children = new Collection<Cat>(this);
}

defineEntity({
  name: 'Cat',
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    parent: () => p.manyToOne(Cat).nullable(),
    children: () => p.oneToMany(Cat).mappedBy('parent'),
  },
}).setClass(Cat);

const made = (values: string) => `Object.assign(new Cat(), ${values})`;

testScripts(
  'an expired object with a list, while something staged cannot be written',
  [
    [
      '35: is printed, and so are session.new and session.dirty',
      `> c = ${made("{ name: 'a' }")}; add(c); commit()
      committed 1 new (Cat)
      > c.name = 1n; c
      Cat { id: 1, name: 1n, parent: null, children: [] }
      > session.dirty.length
      1
      > [c]
      [ Cat { id: 1, name: 1n, parent: null, children: [] } ]
      > d = ${made("{ name: 'a', parent: c }")}; add(d); [session.new.length, session.dirty.length]
      [ 1, 1 ]
      > commit()
      Uncaught InvalidValue: Cat.name is a text and cannot hold 1n
      > c.name = 'b'; commit()
      committed 1 new (Cat), 1 changed (Cat)
      > [c.children.length, d.parent === c]
      [ 1, true ]`,
    ],
  ],
  dialects,
  { Cat },
);
