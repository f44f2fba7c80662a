// The numbers in the names are those of docs/session.md.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { openSession, type Session } from '../../../src/index.ts';
import {
  createDatabase,
  dialects,
  inSession,
  type TestDatabase,
  withMariadb,
} from '../../support/databases.ts';
import { cases, Held, values } from '../fixtures/values.ts';

/** Ways to write a value; each gives the key of the row. */
const writing: Readonly<Record<string, (session: Session, name: string, value: unknown) => Promise<number>>> =
  {
    async assigned(session, name, value) {
      const held = new Held();
      session.add(held);
      await session.commit();
      Reflect.set(held, name, value);
      await session.commit();
      return held.id;
    },
    async 'assigned and flushed'(session, name, value) {
      const held = new Held();
      session.add(held);
      await session.commit();
      await session.touch(held);
      Reflect.set(held, name, value);
      await session.flush();
      await session.commit();
      return held.id;
    },
    async 'given to a constructor'(session, name, value) {
      const held = Reflect.construct(session.constructorOf(Held) as typeof Held, [{ [name]: value }]);
      session.add(held);
      await session.commit();
      return held.id;
    },
    async 'given to update()'(session, name, value) {
      const held = new Held();
      session.add(held);
      await session.commit();
      await session
        .query(Held)
        .filterBy({ id: held.id })
        .update({ [name]: value });
      await session.commit();
      return held.id;
    },
  };

/** Conditions that a value can stand in. */
const conditions: Readonly<Record<string, (name: string, value: unknown) => object>> = {
  'a value': (name, value) => ({ [name]: value }),
  $eq: (name, value) => ({ [name]: { $eq: value } }),
  $in: (name, value) => ({ [name]: { $in: [value] } }),
  'a list': (name, value) => ({ [name]: [value] }),
  $not: (name, value) => ({ $not: { [name]: { $ne: value } } }),
  $gte: (name, value) => ({ $and: [{ [name]: { $gte: value } }, { [name]: { $lte: value } }] }),
};

describe.each(withMariadb)('values on %s', dialect => {
  let database: TestDatabase;
  let session: Session;
  /** Sees what is written from a connection of its own. */
  let other: Session;

  beforeAll(async () => {
    database = await createDatabase(dialect);
    [session, other] = await Promise.all([openSession(options()), openSession(options())]);
    await session.createAll();
  });

  afterAll(async () => {
    await Promise.all([session.close(), other.close()]);
    await database.drop();
  });

  const options = () => ({ url: database.url, entities: values });

  const seen = async (id: number, name: string) => {
    other.em.clear();
    return other.read(await other.get(Held, id), name);
  };

  const startOver = async () => {
    await session.rollback();
    session.em.clear();
  };

  const kinds = Object.entries(cases);

  describe.each(kinds)('of %s', (name, { takes, refuses, isIncomparable }) => {
    it.each(Object.keys(writing))('37: are converted or refused when %s', async way => {
      const write = writing[way] as (typeof writing)[string];
      const found: unknown[] = [];
      for (const [given, held] of takes) {
        const outcome = await outcomeOf(async () => {
          const id = await write(session, name, given);
          const own = await session.read(await session.get(Held, id), name);
          return [plain(await seen(id, name)), plain(own)];
        });
        if (!isSame(outcome, [plain(held), plain(held)])) found.push([given, outcome]);
        await startOver();
      }
      expect(found).toEqual([]);
      const before = await session
        .query(Held)
        .filter({ [name]: { $ne: null } })
        .count();
      for (const given of refuses) {
        const outcome = await outcomeOf(() => write(session, name, given));
        if (!isRefusal(outcome, name)) found.push([given, outcome]);
        await startOver();
      }
      expect(found).toEqual([]);
      expect(
        await session
          .query(Held)
          .filter({ [name]: { $ne: null } })
          .count(),
      ).toBe(before);
      expect(String(await session.commit())).toBe('nothing to commit');
    });

    it.each(isIncomparable ? ['none'] : Object.keys(conditions))(
      '37: are converted or refused in a condition: %s',
      async form => {
        const condition = conditions[form];
        if (condition === undefined) return;
        const found: unknown[] = [];
        for (const [given, held] of takes) {
          const id = await writing['assigned']?.(session, name, held);
          const outcome = await outcomeOf(async () => {
            const query = session.query(Held).filter({ $and: [{ id }, condition(name, given)] });
            return [await query.count(), (await query.all()).length];
          });
          if (!isSame(outcome, [1, 1])) found.push([given, outcome]);
        }
        // A list stands for any of its values.
        for (const given of refuses.filter(value => !Array.isArray(value))) {
          const outcome = await outcomeOf(() => session.query(Held).filter(condition(name, given)).delete());
          if (!isRefusal(outcome, name)) found.push([given, outcome]);
        }
        await startOver();
        expect(found).toEqual([]);
      },
    );
  });
});

describe.each(dialects)('times on %s', dialect => {
  it('37: are within a day where the database would take any', async () => {
    await inSession(
      dialect,
      async session => {
        const held = new Held();
        session.add(held);
        await session.commit();
        for (const time of ['25:00', '99:00:00', '100:00']) {
          Reflect.set(held, 'time', time);
          await expect(session.commit()).rejects.toMatchObject({
            name: 'InvalidValue',
            message: expect.stringContaining('Held.time is a time, as 23:59:59, and cannot hold'),
          });
        }
        await session.rollback();
        expect(await session.query(Held).filter({ time: null }).count()).toBe(1);
      },
      { entities: values },
    );
  });
});

async function outcomeOf(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return error;
  }
}

function isRefusal(outcome: unknown, name: string): boolean {
  const { name: code, message } = Object(outcome) as Error;
  return code === 'InvalidValue' && message.includes(`Held.${name} `);
}

function isSame(value: unknown, expected: unknown): boolean {
  return inspect(plain(value)) === inspect(plain(expected));
}

/** A Buffer counts as its bytes, and a reference as what is behind it. */
function plain(value: unknown): unknown {
  // A decimal is read with all digits of its column.
  if (typeof value === 'string' && /^-?\d+\.\d\d$/.test(value)) return value.replace(/\.?0+$/, '');
  if (value instanceof Uint8Array) return [...value];
  if (typeof value === 'object' && value !== null && 'unwrap' in value)
    return (value as { unwrap(): unknown }).unwrap();
  return value;
}
