import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MikroscopeError, openSession, Post, User } from '../../../../src/index.ts';
import { type MortalPostgres, mortalPostgres } from '../../../support/mortal-postgres.ts';
import { type Proxy, proxyTo } from '../../../support/proxy.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

const named = (username: string) => new User({ username, email: `${username}@demo.com`, password: 'p' });

let server: MortalPostgres;

beforeAll(async () => {
  server = await mortalPostgres('max_connections=12', 'superuser_reserved_connections=3');
});
afterAll(() => server.drop());

/** Looks at the database from a connection of its own. */
async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const session = await openSession({ url: server.url, entities: [] });
  try {
    return await session.em.execute(sql);
  } finally {
    await session.close();
  }
}

const endOthers = () =>
  rows(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

/** Has another session do something in a transaction that it leaves open. */
async function beside(sql: string): Promise<() => Promise<void>> {
  const other = await openSession({ url: server.url, entities: [] });
  await other.em.begin();
  await other.em.execute(sql);
  return () => other.close();
}

interface Fault {
  /** Breaks something. @returns what mends it */
  readonly happens: (session: Session, proxy: Proxy) => Promise<unknown>;
  /** What `commit()` may say: that it has committed, or the names of its errors. */
  readonly says: { readonly idle: readonly string[]; readonly open: readonly string[] };
}

const lost = ['ConnectionLost'];

const faults: Record<string, Fault> = {
  'its connections are terminated': {
    happens: endOthers,
    // Whether it has heard of it depends on the moment.
    says: { idle: ['committed', ...lost], open: lost },
  },
  'it is stopped': {
    happens: async () => {
      await server.stop();
      return () => server.start();
    },
    says: { idle: lost, open: lost },
  },
  'it is killed': {
    happens: async () => {
      await server.kill();
      return () => server.start();
    },
    // Its processes go on until they notice.
    says: { idle: ['committed', ...lost], open: ['committed', ...lost] },
  },
  'a row is locked for longer than is waited': {
    happens: async session => {
      await session.em.execute("set lock_timeout = '50ms'");
      return beside(`lock table "post"`);
    },
    says: { idle: ['DatabaseBusy'], open: ['DatabaseBusy'] },
  },
  'statements take longer than they may': {
    happens: async session => {
      await session.em.execute("set statement_timeout = '50ms'");
      return beside(`lock table "post"`);
    },
    says: { idle: ['DatabaseError'], open: ['DatabaseError'] },
  },
  'it takes no more connections': {
    happens: async () => {
      const others: (() => Promise<void>)[] = [];
      await endOthers();
      for (;;)
        try {
          others.push(await beside('select 1'));
        } catch {
          break;
        }
      return () => Promise.all(others.map(end => end()));
    },
    says: { idle: ['DatabaseBusy', ...lost], open: lost },
  },
  'it takes no more writes': {
    happens: async session => {
      await session.em.execute('set default_transaction_read_only = on; set transaction_read_only = on');
      return () => session.em.execute('set default_transaction_read_only = off');
    },
    says: { idle: ['ReadOnly'], open: ['ReadOnly'] },
  },
  'a transaction may not idle': {
    happens: async session => {
      await session.em.execute("set idle_in_transaction_session_timeout = '100ms'");
      await rows('select pg_sleep(0.3)');
    },
    says: { idle: ['committed'], open: lost },
  },
  'the network is gone': {
    happens: async (_, proxy) => {
      proxy.cut();
      return () => proxy.mend();
    },
    says: { idle: lost, open: lost },
  },
  'the network goes while an answer is waited for': {
    happens: async (_, proxy) => {
      proxy.cutAnswer();
      return () => proxy.mend();
    },
    says: { idle: lost, open: lost },
  },
};

describe.each(Object.entries(faults))('PostgreSQL: while %s', (_, { happens, says }) => {
  it.each(['idle', 'open'] as const)(
    'a commit() from a transaction that is %s says so in a sentence, keeps what is staged, and goes through later',
    async state => {
      await rows('drop schema public cascade; create schema public');
      const proxy = await proxyTo(server.port);
      const url = new URL(server.url);
      url.port = String(proxy.port);
      const session = await openSession({ url: url.href });
      await session.createAll();
      const corey = named('corey');
      session.add(corey);
      await session.commit();
      const [alex, bea] = [named('alex'), named('bea')];
      session.add(alex);
      corey.password = 'changed';
      if (state === 'open') await session.flush();
      session.add(bea);
      session.add(new Post({ title: 'Blog 1', content: 'x', author: corey }));
      const mend = await happens(session, proxy);
      const outcome: unknown = await session.commit().catch((error: unknown) => error);
      const staged = [session.new.length, session.dirty];
      if (typeof mend === 'function') await mend();
      const isCommitted = !(outcome instanceof Error);
      const { name, message, hint } = isCommitted
        ? { name: 'committed', message: String(outcome), hint: '-' }
        : (outcome as MikroscopeError);
      expect(message).toMatch(isCommitted ? /^committed 3 new \(Post, User\), 1 changed/ : /^[\w ]+$/);
      expect(hint).toMatch(/./);
      expect(staged).toEqual(isCommitted ? [0, []] : [3, [corey]]);
      expect(says[state]).toContain(name);
      expect(String(await session.commit())).toBe(
        isCommitted ? 'nothing to commit' : 'committed 3 new (Post, User), 1 changed (User)',
      );
      expect(await rows('select username, password from "user" order by id')).toEqual([
        { username: 'corey', password: 'changed' },
        { username: 'alex', password: 'p' },
        { username: 'bea', password: 'p' },
      ]);
      expect(await session.query(User).count()).toBe(3);
      await session.close();
      proxy.close();
    },
  );
});
