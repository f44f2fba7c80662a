import { describe, expect, it } from '@jest/globals';
import { type MikroscopeError, openSession, Post, User } from '../../../../src/index.ts';
import { type Proxy, proxyTo } from '../../../support/proxy.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

/** A server that breaks. */
export interface Server {
  readonly url: string;
  readonly port: number;
}

export interface Fault {
  /** Breaks something. @returns what mends it */
  readonly happens: (session: Session, proxy: Proxy) => Promise<unknown>;
  /** What `commit()` may say: that it has committed, or the names of its errors. */
  readonly says: { readonly idle: readonly string[]; readonly open: readonly string[] };
}

export const lost: readonly string[] = ['ConnectionLost'];

const named = (username: string) => new User({ username, email: `${username}@demo.com`, password: 'p' });

/** Looks at a database from a connection of its own. */
export async function rows(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const session = await openSession({ url, entities: [] });
  try {
    return await session.em.execute(sql);
  } finally {
    await session.close();
  }
}

/** Has another session do something in a transaction that it leaves open. */
export async function beside(url: string, sql: string): Promise<() => Promise<void>> {
  const other = await openSession({ url, entities: [] });
  await other.em.begin();
  await other.em.execute(sql);
  return () => other.close();
}

/**
 * Breaks a server in each way before a `commit()`, from a transaction that is open and from none.
 *
 * @param server called when it has been started
 * @param empty makes its database empty
 */
export function testFaults(
  name: string,
  server: () => Server,
  empty: () => Promise<unknown>,
  faults: Readonly<Record<string, Fault>>,
): void {
  describe.each(Object.entries(faults))(`${name}: while %s`, (_, { happens, says }) => {
    it.each(['idle', 'open'] as const)(
      'a commit() from a transaction that is %s says so in a sentence, keeps what is staged, and goes through later',
      async state => {
        const { url: direct, port } = server();
        await empty();
        const proxy = await proxyTo(port);
        const url = new URL(direct);
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
        const said = isCommitted
          ? { name: 'committed', message: String(outcome), hint: '-' }
          : (outcome as MikroscopeError);
        expect(said.message).toMatch(
          isCommitted ? /^committed 3 new \(Post, User\), 1 changed/ : /^[\w ()]+$/,
        );
        expect(said.hint).toMatch(/./);
        expect(staged).toEqual(isCommitted ? [0, []] : [3, [corey]]);
        expect(says[state]).toContain(said.name);
        expect(String(await session.commit())).toBe(
          isCommitted ? 'nothing to commit' : 'committed 3 new (Post, User), 1 changed (User)',
        );
        const found = await openSession({ url: direct });
        expect(await found.query(User).orderBy('id').all()).toMatchObject([
          { username: 'corey', password: 'changed' },
          { username: 'alex', password: 'p' },
          { username: 'bea', password: 'p' },
        ]);
        await found.close();
        expect(await session.query(User).count()).toBe(3);
        await session.close();
        proxy.close();
      },
    );
  });
}
