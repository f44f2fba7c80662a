// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Jet {
  declare id: number;
  declare fuel: number;
  declare note: string | null;
  declare name: string | null;

  constructor(fuel: number) {
    this.fuel = fuel;
    this.note = null;
    this.name = null;
  }
}

defineEntity({
  name: 'Jet',
  properties: {
    id: p.integer().primary(),
    fuel: p.integer().concurrencyCheck(),
    note: p.string().concurrencyCheck().nullable(),
    name: p.string().nullable(),
  },
}).setClass(Jet);

const begin = '> j = new Jet(3); k = new Jet(4); addAll([j, k]); commit(); [j.fuel, k.fuel]\n    [ 3, 4 ]';
const message = `m = ''; try { commit() } catch (e) { m = e.message.split('\\n')[0] }; m`;
const demanded =
  "'Jet 1 can be written only with another value of fuel or note: concurrencyCheck() demands it'";

const scripts: readonly Script[] = [
  ...["j.name = 'N'", "j.name = 'N'; k.name = 'N'; k.fuel = 5", 'j.fuel = 0'].map((change): Script => [
    `21: it is said that one of the checked properties has to change, after ${change}`,
    `${begin}
    > ${change}
    > ${message}
    ${demanded}
    > [session.dirty.includes(j), j.fuel = 7]
    [ true, 7 ]
    > commit(); em.execute('select fuel from jet where id = 1')[0].fuel
    7`,
  ]),
  ...["'n'", 'null'].map((note): Script => [
    `21: several rows are written together, where one of the checked properties is ${note}`,
    `> j = new Jet(3); k = new Jet(4); j.note = k.note = ${note}; addAll([j, k]); commit()
    committed 2 new (Jet)
    > j.fuel = 5; k.fuel = 6; commit(); em.execute('select fuel from jet order by id').map(row => row.fuel)
    [ 5, 6 ]
    > other('update jet set fuel = 9 where id = 2'); j.fuel = 7; k.fuel = 8; commit()
    committed 2 changed (Jet)
    > [j.fuel, k.fuel]; other('update jet set fuel = 9 where id = 2'); j.fuel = 1; k.fuel = 2; commit()
    Uncaught StaleRow: Jet 2 was changed or deleted by somebody else since it was read`,
  ]),
  [
    '21: what somebody else has changed is stale, as ever',
    `${begin}
    > other('update jet set fuel = 9 where id = 1'); j.fuel = 5; j.name = 'N'; commit()
    Uncaught StaleRow: Jet 1 was changed or deleted by somebody else since it was read`,
  ],
];

testScripts('concurrencyCheck()', scripts, dialects, { Jet });
