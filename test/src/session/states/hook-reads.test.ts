// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Pair {
  declare id: number;
  declare a: number;
  declare b: number;
  declare sum: number | null;

  constructor(a: number, b: number) {
    this.a = a;
    this.b = b;
  }

  add(): void {
    this.sum = this.a + this.b;
  }
}

/** Adds its numbers up in a hook of its own. */
class Sum extends Pair {}

const properties = {
  id: p.integer().primary(),
  a: p.integer(),
  b: p.integer(),
  sum: p.integer().nullable(),
};
defineEntity({ name: 'Sum', properties, hooks: { beforeUpdate: ['add'] } }).setClass(Sum);
defineEntity({ name: 'Pair', properties }).setClass(Pair);

const add = 'e => { e.entity.sum = e.entity.a + e.entity.b }';

/** What adds the numbers up, and of which class. */
const hooks: readonly (readonly [string, string, string])[] = [
  ['a hook', 'Sum', '0'],
  ['a subscriber', 'Pair', `{ beforeUpdate: ${add} }`],
  ['a subscriber to a class', 'Pair', `{ getSubscribedEntities: () => [Pair], beforeUpdate: ${add} }`],
  [
    'a subscriber to flushes',
    'Pair',
    '{ onFlush: e => { for (const { entity } of e.uow.getChangeSets()) { entity.add(); e.uow.recomputeSingleChangeSet(entity) } } }',
  ],
];

/** How the row changes behind the object `x`. */
const changes: readonly string[] = [
  'x.constructor.query.update({ b: 10 })',
  'em.nativeUpdate(x.constructor, {}, { b: 10 })',
  "em.execute('update ' + x.constructor.name.toLowerCase() + ' set b = 10'); expire(x)",
  "other('update ' + x.constructor.name.toLowerCase() + ' set b = 10')",
  "other('update ' + x.constructor.name.toLowerCase() + ' set b = 10'); em.clear(); x = em.getReference(x.constructor, 1)",
];

const scripts: readonly Script[] = [
  ...hooks.flatMap(([what, type, subscriber]) =>
    changes.flatMap(change =>
      ['commit()', 'em.flush()'].map((flush): Script => [
        `19, 20: ${what} sees the row as it is, in ${flush} after ${change}`,
        `> s = ${subscriber}; if (s) em.getEventManager().registerSubscriber(s)
    > x = new ${type}(1, 2); add(x); commit(); ${change}; x.a = 2; ${flush}; [x.b, x.sum]
    [ 10, 12 ]`,
      ]),
    ),
  ),
  ...['beforeDelete', 'afterDelete'].map((event): Script => [
    `19, 20: ${event} of a subscriber sees the row as it is`,
    `> seen = []; em.getEventManager().registerSubscriber({ ${event}: e => { seen.push(e.entity.a + e.entity.b) } })
    > x = new Pair(1, 2); add(x); commit(); Pair.query.update({ b: 10 }); remove(x); commit(); seen
    [ 11 ]`,
  ]),
];

testScripts('what hooks read', scripts, dialects, { Sum, Pair });
