// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { FlushMode } from '@mikro-orm/core';
import { kinds, Shelf, Thing } from '../fixtures/kinds.ts';
import { dialects, type Dialect, inSession } from '../../support/databases.ts';

type Session = Parameters<Parameters<typeof inSession>[1]>[0];

const inThings = async (dialect: Dialect, test: (session: Session, sql: string[]) => Promise<void>) => {
  const run = async (session: Session, sql: string[]) => {
    const shelves = [new Shelf('a'), new Shelf('b')];
    for (const plain of [{ a: 1 }, [], 'text', 7, false, null]) {
      const thing = new Thing(plain);
      for (const shelf of shelves) shelf.things.add(thing);
      shelves[0]!.owned.add(thing);
      shelves[1]!.best = thing;
    }
    session.addAll(shelves);
    await session.commit();
    session.em.clear();
    await test(session, sql);
  };
  await inSession(dialect, run, {
    entities: kinds,
    ...(dialect === 'sqlite' ? { url: 'sqlite::memory:' } : {}),
  });
};

const managed = (session: Session) => [...session.em.getUnitOfWork().getIdentityMap()] as (Shelf | Thing)[];

const assertClean = async (session: Session, sql: string[]) => {
  expect([session.new, session.dirty, session.deleted]).toEqual([[], [], []]);
  sql.length = 0;
  expect(String(await session.commit())).toBe('nothing to commit');
  expect(sql).toEqual([]);
};

const relations = ['things', 'owned', 'best', 'shelves', 'shelf', 'bestOn'] as const;

const loads: Record<string, (session: Session) => Promise<unknown>> = {
  'a query': session => session.query(Thing).all(),
  'to-many relations': session => session.query(Shelf).populate('things', 'owned', 'best').all(),
  'the other sides': session => session.query(Thing).populate('shelves', 'shelf', 'bestOn').all(),
  'there and back': session => session.query(Shelf).populate('things.shelves.owned', 'owned.bestOn').all(),
  'a walk': async session => {
    for (const entity of managed(session))
      for (const name of relations) if (name in entity) await session.touch(await session.read(entity, name));
  },
  refresh: async session => {
    for (const entity of managed(session)) await session.refresh(entity);
  },
  expire: async session => {
    for (const entity of managed(session)) session.expire(entity);
    for (const entity of managed(session)) await session.touch(entity);
  },
  'a lazy field': async session => {
    for (const entity of managed(session))
      if (entity instanceof Thing) expect(await session.read(entity, 'secret')).toEqual({ word: 'w' });
  },
  'a loop': async session => {
    for await (const shelf of session.query(Shelf).populate('things')) expect(shelf.things.length).toBe(6);
  },
  paginate: session => session.query(Thing).populate('shelves').paginate({ perPage: 3 }),
  'em.find': session =>
    session.em.find(Shelf, {}, { populate: ['things', 'owned', 'best'], refresh: true } as never),
  'em.find in joins': session =>
    session.em.find(Thing, {}, { populate: ['shelves', 'shelf'], strategy: 'joined' } as never),
  'em.populate': session =>
    session.em.populate(
      managed(session).filter(one => one instanceof Shelf),
      ['things', 'owned'] as never,
    ),
};

describe.each(dialects)('what was only loaded is not dirty on %s', dialect => {
  // assertClean() expects.
  // oxlint-disable-next-line jest/expect-expect
  it.each(Object.entries(loads))('7: after %s', async (_, load) => {
    await inThings(dialect, async (session, sql) => {
      for (let i = 0; i < 2; i++) {
        await load(session);
        await assertClean(session, sql);
      }
      for (const other of ['to-many relations', 'the other sides', 'expire', 'a lazy field', 'a loop']) {
        await loads[other]?.(session);
        await load(session);
        await assertClean(session, sql);
      }
      await session.rollback();
      await load(session);
      await assertClean(session, sql);
    });
  });

  it('7: after a commit and a rollback', async () => {
    await inThings(dialect, async (session, sql) => {
      const things = await session.query(Thing).all();
      for (const end of [() => session.commit(), () => session.rollback()]) {
        for (const thing of things) thing.half++;
        await session.flush();
        await end();
        expect(session.dirty).toEqual([]);
        await session.query(Shelf).populate('things').all();
        await assertClean(session, sql);
        expect(things.map(({ plain }) => plain)).toEqual([{ a: 1 }, [], 'text', 7, false, null]);
      }
    });
  });

  it('6: a lazy field that was read is read again after commit()', async () => {
    await inThings(dialect, async session => {
      const [thing] = await session.query(Thing).all();
      expect(thing!.secret).toBe(undefined);
      expect(await session.read(thing, 'secret')).toEqual({ word: 'w' });
      await session.query(Thing).update({ secret: { word: 'new' } });
      await session.commit();
      expect(await session.read(thing, 'half')).toBe(0.1);
      expect(await session.read(thing, 'secret')).toEqual({ word: 'new' });
      thing!.secret.word = 'mine';
      await session.em.find(Thing, {}, { refresh: true, flushMode: FlushMode.COMMIT });
      expect([session.dirty, thing!.secret]).toEqual([[thing], { word: 'mine' }]);
      expect(String(await session.commit())).toBe('committed 1 changed (Thing)');
      expect(await session.read(thing, 'secret')).toEqual({ word: 'mine' });
    });
  });

  it('21: what another wrote stays as it was read, and is not written back', async () => {
    await inThings(dialect, async (session, sql) => {
      const things = await session.query(Thing).populate('shelves').all();
      await session.em.execute('update thing set half = 5');
      await session.query(Shelf).populate('things', 'owned').all();
      expect(things.map(({ half }) => half)).toEqual(Array.from({ length: 6 }, () => 0.1));
      await assertClean(session, sql);
      expect(await session.query(Thing).filterBy({ half: 5 }).count()).toBe(6);
    });
  });
});
