import { MikroORM } from '@mikro-orm/sqlite';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession, Post, User } from '../../src/index.ts';

const ROWS = 10_000;
const ROUNDS = 9;

/** One side of a comparison: gets ready, and returns the work that is to be timed. */
type Side = (folder: string) => Promise<{ work: () => Promise<unknown>; close: () => Promise<unknown> }>;

interface Comparison {
  readonly name: string;
  readonly limit: number;
  readonly session: Side;
  readonly plain: Side;
}

const makeUsers = () => {
  return Array.from({ length: ROWS }, (_, i) => {
    return new User({ username: `u${i}`, email: `u${i}@demo.com`, password: 'p' });
  });
};

const inSession = async (folder: string) => {
  const session = await openSession({ url: `sqlite:${join(folder, 'session.db')}` });
  await session.createAll();
  return session;
};

const inPlain = async (folder: string) => {
  const orm = new MikroORM({ entities: [User, Post], dbName: join(folder, 'plain.db') });
  await orm.schema.create();
  return { orm, em: orm.em.fork() };
};

const comparisons: readonly Comparison[] = [
  {
    name: `stage and commit ${ROWS} new`,
    limit: 1.25,
    async session(folder) {
      const session = await inSession(folder);
      const users = makeUsers();
      const work = () => {
        session.addAll(users);
        return session.commit();
      };
      return { work, close: () => session.close() };
    },
    async plain(folder) {
      const { orm, em } = await inPlain(folder);
      const users = makeUsers();
      return { work: () => em.persist(users).flush(), close: () => orm.close() };
    },
  },
  {
    name: `read all ${ROWS}`,
    limit: 1.15,
    async session(folder) {
      const session = await inSession(folder);
      session.addAll(makeUsers());
      await session.commit();
      session.em.clear();
      return { work: () => session.query(User).all(), close: () => session.close() };
    },
    async plain(folder) {
      const { orm, em } = await inPlain(folder);
      await em.persist(makeUsers()).flush();
      em.clear();
      return { work: () => em.find(User, {}, { orderBy: { id: 'asc' } }), close: () => orm.close() };
    },
  },
  {
    name: `commit one change with ${ROWS} loaded`,
    limit: 2,
    async session(folder) {
      const session = await inSession(folder);
      session.addAll(makeUsers());
      await session.commit();
      session.em.clear();
      const users = await session.query(User).all();
      const work = () => {
        users[7]!.password = 'changed';
        return session.commit();
      };
      return { work, close: () => session.close() };
    },
    async plain(folder) {
      const { orm, em } = await inPlain(folder);
      await em.persist(makeUsers()).flush();
      em.clear();
      const users = await em.find(User, {});
      const work = () => {
        users[7]!.password = 'changed';
        return em.flush();
      };
      return { work, close: () => orm.close() };
    },
  },
];

/** Both sides by turns, so that what slows the machine down slows both. */
for (const { name, limit, session, plain } of comparisons) {
  const times: { session: number[]; plain: number[] } = { session: [], plain: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.plain.push(await time(plain));
    times.session.push(await time(session));
  }
  // The first rounds warm up.
  const [ours, theirs] = [median(times.session.slice(2)), median(times.plain.slice(2))];
  const ratio = (ours / theirs).toFixed(2);
  console.log(
    `${name.padEnd(38)} session ${ours.toFixed(1)} ms, plain ${theirs.toFixed(1)} ms, ratio ${ratio} (at most ${limit})`,
  );
}

async function time(side: Side): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-bench-'));
  const { work, close } = await side(folder);
  const start = performance.now();
  await work();
  const took = performance.now() - start;
  await close();
  await rm(folder, { recursive: true });
  return took;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
