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

const insert = `insert into post (title, content, date_posted) values ('a', 'b', current_timestamp)`;
const again = 'Look whether it is there before you do it again.';
const staged = 'Nothing staged is lost. Look whether it is there: then rollback(), otherwise commit() again.';

/** Ends the connection after each kind of statement that commits has arrived, and before the answer has. */
export function testLostAnswers(name: string, server: () => Server, empty: () => Promise<unknown>): void {
  it.each<readonly [what: string, at: string, hint: string, run: (session: Session) => Promise<unknown>]>([
    ['commit()', 'commit', staged, session => (session.add(new Post(given())), session.commit())],
    ['em.flush()', 'commit', staged, session => (session.em.persist(new Post(given())), session.em.flush())],
    [
      'commit() of what SQL wrote',
      'commit',
      'Lost, as it cannot be staged again: what SQL wrote. Run it again if it is not there; what is staged is not lost.',
      async session => {
        await session.em.begin();
        await session.em.execute(insert);
        await session.commit();
      },
    ],
    ['em.transactional()', 'commit', again, session => session.em.transactional(em => em.execute(insert))],
    ['SQL', 'insert', again, session => session.em.execute(insert)],
    ['em.insert()', 'insert', again, session => session.em.insert(Post, given())],
  ])(`${name}: says of %s that it may be written where the answer is lost`, async (_, at, hint, run) => {
    const { url: direct, port } = server();
    await empty();
    const proxy = await proxyTo(port);
    const url = new URL(direct);
    url.port = String(proxy.port);
    const session = await openSession({ url: url.href });
    await session.createAll();
    await session.query(Post).count();
    proxy.cutAnswer(at);
    await expect(run(session)).rejects.toMatchObject({
      name: 'ConnectionLost',
      message: 'The connection was lost before the database could say whether it has committed',
      hint,
    });
    proxy.mend();
    while ((await session.query(Post).count()) === 0) continue;
    await session.rollback();
    await session.close();
    proxy.close();
  });

  it(`${name}: says of what reads and of what has not committed that it can be tried again`, async () => {
    const { url: direct, port } = server();
    await empty();
    const proxy = await proxyTo(port);
    const url = new URL(direct);
    url.port = String(proxy.port);
    const session = await openSession({ url: url.href });
    await session.createAll();
    proxy.cutAnswer('select');
    const harmless = { name: 'ConnectionLost', hint: 'Nothing staged is lost: try again, or rollback().' };
    await expect(session.query(Post).count()).rejects.toMatchObject(harmless);
    proxy.mend();
    proxy.cutAnswer('insert');
    session.add(new Post(given()));
    await expect(session.commit()).rejects.toMatchObject(harmless);
    proxy.mend();
    expect(String(await session.commit())).toBe('committed 1 new (Post)');
    await session.close();
    proxy.close();
  });
}

const given = () => ({ title: 'a', content: 'b', datePosted: new Date() });
