import { join } from 'node:path';
import type { User } from '../../src/index.ts';

const ROWS = 10_000;

export type Side = 'session' | 'plain';

/** Gets ready, and returns the work that is to be timed. */
type Prepare = (folder: string) => Promise<{ work: () => Promise<unknown>; close: () => Promise<unknown> }>;

/** The same on both sides, and how many times longer the session may take. */
export type Comparison = { readonly name: string; readonly limit: number } & Readonly<Record<Side, Prepare>>;

/** In a process of its own a side loads what a program would: the compiled package, and nothing of the other side. */
const load = async <T>(module: string): Promise<T> =>
  (await import(
    process.argv[2] === undefined ? `../../src/${module}.ts` : `../../dist/src/${module}.js`
  )) as T;

const inSession = async (folder: string) => {
  const { openSession, User } = await load<typeof import('../../src/index.ts')>('index');
  const session = await openSession({ url: `sqlite:${join(folder, 'session.db')}` });
  await session.createAll();
  return { User, session, close: () => session.close() };
};

const inPlain = async (folder: string) => {
  const { MikroORM } = await import('@mikro-orm/sqlite');
  const { blog } = await load<typeof import('../../src/blog/mapping.ts')>('blog/mapping');
  const orm = new MikroORM({ entities: [...blog], dbName: join(folder, 'plain.db') });
  await orm.schema.create();
  return { User: blog[0], em: orm.em.fork(), close: () => orm.close() };
};

const makeUsers = (type: typeof User) =>
  Array.from(
    { length: ROWS },
    (_, i) => new type({ username: `u${i}`, email: `u${i}@demo.com`, password: 'p' }),
  );

/** With all rows in the database, and none in memory. */
const filledSession = async (folder: string) => {
  const opened = await inSession(folder);
  opened.session.addAll(makeUsers(opened.User));
  await opened.session.commit();
  opened.session.em.clear();
  return opened;
};

const filledPlain = async (folder: string) => {
  const opened = await inPlain(folder);
  await opened.em.persist(makeUsers(opened.User)).flush();
  opened.em.clear();
  return opened;
};

export const comparisons: readonly Comparison[] = [
  {
    name: `stage and commit ${ROWS} new`,
    limit: 1.25,
    async session(folder) {
      const { User, session, close } = await inSession(folder);
      const users = makeUsers(User);
      const work = () => {
        session.addAll(users);
        return session.commit();
      };
      return { work, close };
    },
    async plain(folder) {
      const { User, em, close } = await inPlain(folder);
      const users = makeUsers(User);
      return { work: () => em.persist(users).flush(), close };
    },
  },
  {
    name: `read all ${ROWS}`,
    limit: 1.15,
    async session(folder) {
      const { User, session, close } = await filledSession(folder);
      return { work: () => session.query(User).all(), close };
    },
    async plain(folder) {
      const { User, em, close } = await filledPlain(folder);
      return { work: () => em.find(User, {}, { orderBy: { id: 'asc' } }), close };
    },
  },
  {
    name: `commit 1 change of ${ROWS}`,
    limit: 2,
    async session(folder) {
      const { User, session, close } = await filledSession(folder);
      const users = await session.query(User).all();
      const work = () => {
        users[7]!.password = 'changed';
        return session.commit();
      };
      return { work, close };
    },
    async plain(folder) {
      const { User, em, close } = await filledPlain(folder);
      const users = await em.find(User, {});
      const work = () => {
        users[7]!.password = 'changed';
        return em.flush();
      };
      return { work, close };
    },
  },
  {
    name: `remove ${ROWS / 2} of ${ROWS}`,
    limit: 2,
    async session(folder) {
      const { User, session, close } = await filledSession(folder);
      const users = await session.query(User).all();
      const work = () => {
        for (const user of users.slice(ROWS / 2)) void session.remove(user);
        return session.commit();
      };
      return { work, close };
    },
    async plain(folder) {
      const { User, em, close } = await filledPlain(folder);
      const users = await em.find(User, {});
      const work = () => {
        for (const user of users.slice(ROWS / 2)) em.remove(user);
        return em.flush();
      };
      return { work, close };
    },
  },
];
