// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import type { Session } from '../../../../src/index.ts';
import { dialects, inSession } from '../../../support/databases.ts';
import { outcome } from '../../../support/outcome.ts';
import { Book, family } from '../../fixtures/family.ts';

/** Ways of MikroORM to write past the unit of work, and the titles and prices of the books then. */
const ways: Readonly<Record<string, readonly [write: (session: Session) => Promise<unknown>, rows: string]>> =
  {
    'em.execute()': [({ em }) => em.execute("update book set price = 60 where title = 'c'"), 'b 3, c 60'],
    'em.nativeUpdate()': [({ em }) => em.nativeUpdate(Book, { title: 'c' }, { price: 60 }), 'b 3, c 60'],
    'em.nativeDelete()': [({ em }) => em.nativeDelete(Book, { title: 'c' }), 'b 3'],
    'em.insert()': [({ em }) => em.insert(Book, { title: 'd', price: 60 }), 'b 3, c 3, d 60'],
    'em.insertMany()': [({ em }) => em.insertMany(Book, [{ title: 'd', price: 60 }]), 'b 3, c 3, d 60'],
    'em.upsert()': [({ em }) => em.upsert(Book, { title: 'c', price: 60 }), 'b 3, c 60'],
    'em.upsertMany()': [({ em }) => em.upsertMany(Book, [{ title: 'c', price: 60 }]), 'b 3, c 60'],
    'a query builder': [
      ({ em }) => em.createQueryBuilder(Book).update({ price: 60 }).where({ title: 'c' }).execute(),
      'b 3, c 60',
    ],
  };

/** What the way is part of, and whether it is kept. */
const courses: Readonly<
  Record<
    string,
    readonly [isKept: boolean, play: (session: Session, write: () => Promise<unknown>) => Promise<void>]
  >
> = {
  'is committed': [
    true,
    async (session, write) => {
      await session.em.begin();
      await write();
      expect(session.hasOtherWrites).toBe(true);
      await session.commit();
      expect(session.hasOtherWrites).toBe(false);
    },
  ],
  'is rolled back': [
    false,
    async (session, write) => {
      await session.em.begin();
      await write();
      await session.rollback();
    },
  ],
  'survives a commit that fails and is mended': [
    true,
    async (session, write) => {
      await session.em.begin();
      await write();
      const twin = new Book('b');
      session.add(twin);
      expect(await outcome(() => session.commit())).toBe('UniqueViolation');
      expect([session.inTransaction, session.hasOtherWrites]).toEqual([true, true]);
      session.expunge(twin);
      await session.commit();
    },
  ],
  'survives a query that fails to flush': [
    true,
    async (session, write) => {
      await session.em.begin();
      await write();
      const twin = new Book('b');
      session.add(twin);
      expect(await outcome(() => session.query(Book).count())).toBe('UniqueViolation');
      session.expunge(twin);
      await session.commit();
    },
  ],
  'is the only thing in nested()': [
    true,
    async (session, write) => {
      await session.nested(write);
      await session.commit();
    },
  ],
  'is in nested() that fails': [
    false,
    async (session, write) => {
      const failing = session.nested(async () => {
        await write();
        throw new TypeError('no');
      });
      expect(await outcome(() => failing)).toBe('TypeError');
      await session.commit();
    },
  ],
};

describe.each(dialects)('writes past the unit of work on %s', dialect => {
  describe.each(Object.entries(ways))('%s', (_, [write, rows]) => {
    it.each(Object.entries(courses))('19, 21, 28, 31: %s', (__, [isKept, play]) =>
      inSession(
        dialect,
        async session => {
          session.addAll([new Book('b'), new Book('c')]);
          await session.commit();
          await play(session, () => write(session));
          expect(session.inTransaction).toBe(false);
          const found = await session.query(Book).orderBy('title').all();
          const seen = found.map(book => `${book.title} ${book.price}`).join(', ');
          expect(seen).toBe(isKept ? rows : 'b 3, c 3');
        },
        { entities: family, ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) },
      ),
    );
  });
});
