// The numbers in the names are those of docs/session.md.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { openSession, type Session } from '../../../../src/index.ts';
import { createDatabase, type Dialect, everyDialect } from '../../../support/databases.ts';
import { outcome } from '../../../support/outcome.ts';
import { Book, family } from '../../fixtures/family.ts';

/** Servers, and how they say that a statement waits for a lock. */
const waiting: Partial<Record<Dialect, string>> = {
  postgresql:
    "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  mariadb: "select 1 from information_schema.processlist where state = 'Updating' and db = database()",
};

/** Ways to write what is staged while another transaction has the row. */
const ways: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
  'flush()': session => session.flush(),
  'commit()': session => session.commit(),
  'a query': session => session.query(Book).filter({ title: 'x' }).count(),
  'nested()': session => session.nested(() => session.flush()),
};

const servers = everyDialect.flatMap(({ dialect, skipped }) =>
  waiting[dialect] !== undefined && skipped === '' ? [dialect] : [],
);

describe.each(servers)('a deadlock on %s', dialect => {
  it.each(Object.entries(ways))(
    '45: in %s undoes one transaction, and its next commit() succeeds',
    (_, write) =>
      withSessions(dialect, async (one, two, isWaiting) => {
        one.addAll([new Book('a'), new Book('b')]);
        await one.commit();
        const [a1, b1] = await books(one);
        const [a2, b2] = await books(two);
        a1.price = 11;
        await one.flush();
        b2.price = 22;
        await two.flush();
        b1.price = 12;
        const first = outcome(() => write(one));
        await isWaiting();
        a2.price = 21;
        const second = outcome(() => write(two));
        const how = await Promise.all([first, second]);
        expect(how.toSorted()).toEqual(['TransactionLost', 'done']);
        const [lost, kept] = how[0] === 'done' ? [two, one] : [one, two];
        expect([lost.inTransaction, String(lost.pending)]).toEqual([false, '2 changed (Book)']);
        await kept.commit();
        expect(String(await lost.commit())).toBe('committed 2 changed (Book)');
        const prices = (await books(kept)).map(book => book.price);
        expect(prices).toEqual(lost === one ? [11, 12] : [21, 22]);
      }),
  );

  it('45, 19: in update() names what it loses, and what is staged is written by the next commit()', () =>
    withSessions(dialect, async (one, two, isWaiting) => {
      one.addAll([new Book('a'), new Book('b')]);
      await one.commit();
      const update = (session: Session, title: string, price: number) =>
        session.query(Book).filter({ title }).update({ price });
      await update(one, 'a', 11);
      await update(two, 'b', 22);
      one.add(new Book('one'));
      two.add(new Book('two'));
      const failed = (title: string) => (error: Error & { hint?: string }) =>
        `${title}: ${error.name} ${error.hint}`;
      const first = update(one, 'b', 12).then(String, failed('one'));
      await isWaiting();
      const second = update(two, 'a', 21).then(String, failed('two'));
      const how = await Promise.all([first, second]);
      const lost = how.find(text => text.includes('TransactionLost')) ?? '';
      expect(lost).toMatch(/^(?:one|two): TransactionLost Lost, .*: 1 changed \(Book\)\. Run it again/);
      const [loser, winner] = lost.startsWith('one') ? [one, two] : [two, one];
      await winner.commit();
      expect(String(await loser.commit())).toBe('committed 1 new (Book)');
      expect(await loser.query(Book).count()).toBe(4);
    }));
});

it('45: a transaction that cannot be serialized is undone, and its next commit() succeeds', () =>
  withSessions(
    'postgresql',
    async (one, two) => {
      one.addAll([new Book('a'), new Book('b')]);
      await one.commit();
      const [a] = await books(one);
      const [, b] = await books(two);
      a.price = 11;
      await one.flush();
      b.price = 22;
      await two.flush();
      // Each has read what the other has written.
      await books(one);
      await books(two);
      two.add(new Book('c'));
      await one.commit();
      expect(await outcome(() => two.commit())).toBe('TransactionLost');
      expect([two.inTransaction, String(two.pending)]).toEqual([false, '1 new (Book), 1 changed (Book)']);
      expect(String(await two.commit())).toBe('committed 1 new (Book), 1 changed (Book)');
      expect((await two.query(Book).orderBy('title').all()).map(({ price }) => price)).toEqual([11, 22, 3]);
    },
    '?options=-c%20default_transaction_isolation%3Dserializable',
  ));

async function books(session: Session): Promise<[Book, Book]> {
  return (await session.query(Book).orderBy('title').all()) as [Book, Book];
}

/** Two sessions on a database, and a third that sees when one of them waits for the other. */
async function withSessions(
  dialect: Dialect,
  test: (one: Session, two: Session, isWaiting: () => Promise<void>) => Promise<void>,
  options = '',
): Promise<void> {
  const database = await createDatabase(dialect);
  const open = () => openSession({ url: `${database.url}${options}`, entities: family });
  const [one, two, third] = [await open(), await open(), await open()];
  try {
    await one.createAll();
    await test(one, two, async () => {
      // No server tells anyone that a statement has begun to wait.
      while ((await third.em.execute(waiting[dialect] ?? '')).length === 0) await sleep(20);
    });
  } finally {
    for (const session of [one, two, third]) await session.close();
    await database.drop();
  }
}
