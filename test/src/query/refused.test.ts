// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { type EntityClass, QueryOperator } from '@mikro-orm/core';
import { MikroscopeError, type Session } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { everyKind, Farm, Plot } from '../fixtures/every-kind.ts';
import { Held, Owner } from '../fixtures/values.ts';

const operands: readonly unknown[] = [
  null,
  1,
  'a%',
  true,
  [],
  ['a'],
  [null],
  [[1, 1]],
  {},
  { a: 1 },
  { $gt: 1 },
  new Date(0),
  /^A/i,
  Symbol('s'),
  Buffer.from('a'),
];
const operators = [...Object.keys(QueryOperator), '$and', '$or', '$flags'];

/** The names under which a condition can stand, with what is compared there. */
const places: readonly (readonly [EntityClass<object>, readonly string[]])[] = [
  [
    Held,
    [
      ...'integer big exact short lazy lazyRef uuid flag moment time choice grade'.split(' '),
      ...'choices words data bytes size kept sizes owner ownerId'.split(' '),
      ...'size.width kept.width sizes.width data.a owner.name size.since'.split(' '),
    ],
  ],
  [
    Farm,
    [
      'id',
      'held',
      'plots',
      'owners',
      'best',
      'plots.no',
      'owners.name',
      'best.no',
      'held.size',
      'best.farm',
      'plots.farm',
    ],
  ],
  [Plot, ['farm', 'no', 'farm.name', 'farm.plots']],
  [Owner, ['id']],
];

const CODES = new Set(['InvalidQuery', 'InvalidValue', 'UnknownProperty', 'BadArgument']);

/** What a query ends in, unless it gives rows or is refused by name. */
async function raw(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
  } catch (error) {
    if (error instanceof MikroscopeError && CODES.has(error.code)) return undefined;
    return String(error).split('\n', 1)[0];
  }
  return undefined;
}

async function fill(session: Session): Promise<void> {
  const farm = session.em.create(Farm, {
    name: 'a',
    held: new Held(),
    owners: [{ name: 'a' }],
  });
  await session.commit();
  session.add(Object.assign(new Plot(), { farm, no: 1, crop: 'a' }));
  await session.commit();
}

describe.each(dialects)('conditions that mean nothing, on %s', dialect => {
  it.each(places.flatMap(([entity, names]) => names.map(name => [entity.name, name, entity] as const)))(
    '37: those on %s.%s are refused by name, or find rows',
    async (_entity, name, entity) => {
      const wrong: string[] = [];
      const run: Parameters<typeof inSession>[1] = async session => {
        await fill(session);
        const look = async (condition: object) => {
          const error = await raw(() => session.query(entity).filter(condition).all());
          if (error !== undefined) wrong.push(`${show(condition)}: ${error}`);
        };
        for (const value of operands) {
          await look({ [name]: value });
          for (const operator of operators) await look({ [name]: { [operator]: value } });
        }
      };
      await inSession(dialect, run, { entities: everyKind });
      expect(wrong).toEqual([]);
    },
  );

  it('37: what has several parts is compared with null, and an order may be a path', async () => {
    const run: Parameters<typeof inSession>[1] = async session => {
      await fill(session);
      const empty = session.em.create(Farm, { name: 'b', owners: [] });
      await session.commit();
      expect(await session.query(Farm).filter({ plots: null }).all()).toEqual([empty]);
      expect(
        await session
          .query(Farm)
          .filter({ plots: { crop: 'a' } })
          .count(),
      ).toBe(1);
      expect(() => session.query(Plot).filter({ $in: [[1, 1]] })).toThrow(
        /^The key of Plot has several parts/,
      );
      const plots = session.query(Plot);
      expect(plots.orderBy({ 'farm.name': 'desc' }).toSql()).toBe(
        plots.orderBy({ farm: { name: 'desc' } }).toSql(),
      );
      await expect(
        Promise.resolve().then(() => session.query(Held).update({ size: { wide: 1 } })),
      ).rejects.toThrow("Size has no property 'wide'");
    };
    await inSession(dialect, run, { entities: everyKind });
  });

  it('37: operators on whole conditions, and orders, are refused by name, or find rows', async () => {
    const wrong: string[] = [];
    const run: Parameters<typeof inSession>[1] = async session => {
      await fill(session);
      for (const [entity, names] of places) {
        for (const value of operands) {
          for (const operator of operators) {
            const error = await raw(() =>
              session
                .query(entity)
                .filter({ [operator]: value })
                .all(),
            );
            if (error !== undefined) wrong.push(`${entity.name} ${show({ [operator]: value })}: ${error}`);
          }
          for (const name of names) {
            const error = await raw(() =>
              session
                .query(entity)
                .orderBy({ [name]: value })
                .all(),
            );
            if (error !== undefined) wrong.push(`${entity.name} order ${show({ [name]: value })}: ${error}`);
          }
        }
        for (const name of names) {
          for (const order of [name, `-${name}`, { [name]: 'asc' }, { [name]: { id: 'asc' } }]) {
            const error = await raw(() => session.query(entity).orderBy(order).all());
            if (error !== undefined) wrong.push(`${entity.name} order ${show(order)}: ${error}`);
          }
        }
      }
    };
    await inSession(dialect, run, { entities: everyKind });
    expect(wrong).toEqual([]);
  });
});

function show(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    ['bigint', 'symbol', 'function'].includes(typeof each) || each instanceof RegExp ? String(each) : each,
  );
}
