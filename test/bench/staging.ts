import { openSession, Post, User } from '../../src/index.ts';
import { Shell } from '../../repl/shell.ts';

/** How many times longer one piece of work takes than another, by turns in one process; the least of several rounds. */
interface Ratio {
  readonly name: string;
  readonly limit: number;
  /** @returns how long each takes, in ms */
  readonly measure: (session: Session) => Promise<readonly [work: number, other: number]>;
}

type Session = Awaited<ReturnType<typeof openSession>>;

const ROUNDS = 3;
const POSTS = 20_000;
const LOADED = 10_000;
const LEAVING = 4000;

const ratios: readonly Ratio[] = [
  {
    name: `a failing commit of ${POSTS}, mended`,
    limit: 3,
    async measure(session) {
      const owner = await stageOwner(session);
      stagePosts(session, owner);
      const succeeds = await time(() => session.commit());
      stagePosts(session, owner);
      const twin = user('owner');
      session.add(twin);
      const fails = await time(() => session.commit().catch((error: unknown) => error));
      Object.assign(twin, { username: 'twin', email: 'twin' });
      return [fails + (await time(() => session.commit())), succeeds];
    },
  },
  {
    name: 'push 16000 at the prompt, 8000',
    limit: 3,
    async measure(session) {
      const shell = new Shell({ session, console, load: name => import(name) });
      const push = (count: number) =>
        `list = []; for (let i = 0; i < ${count}; i++) list.push(new Post({ title: 't', content: 'c' })); 1`;
      return [await time(() => shell.respond(push(16_000))), await time(() => shell.respond(push(8000)))];
    },
  },
  {
    name: `commit nothing, ${LOADED} loaded`,
    limit: 2,
    async measure(session) {
      session.addAll(Array.from({ length: LOADED }, (_, i) => user(String(i))));
      await session.commit();
      await session.query(User).all();
      const commit = await time(() => session.commit());
      await session.query(User).all();
      const fork = session.em.fork();
      await fork.find(User, {});
      return [commit, await time(() => fork.flush())];
    },
  },
  ...(['remove', 'expunge'] as const).map((name): Ratio => ({
    name: `${name} ${LEAVING} of a list, load them`,
    limit: 5,
    async measure(session) {
      const owner = await stageOwner(session);
      stagePosts(session, owner, LEAVING);
      await session.commit();
      session.em.clear();
      const users: User[] = [];
      const load = await time(async () => users.push(...(await session.query(User).populate('posts').all())));
      const posts = users.flatMap(each => [...each.posts]);
      return [await time(() => posts.forEach(post => void session[name](post))), load];
    },
  })),
  {
    name: `merge ${LEAVING}, ${LEAVING / 4}`,
    limit: 8,
    measure: session =>
      timeBoth(session, async users => {
        session.em.clear();
        for (const each of users) (await session.merge(each)).password = 'q';
      }),
  },
  {
    name: `merge ${LEAVING} of another, ${LEAVING / 4}`,
    limit: 8,
    async measure(session) {
      const other = await openSession({ url: 'sqlite::memory:' });
      await other.createAll();
      const times = await timeBoth(session, async users => {
        for (const each of users) await other.merge(each);
        await other.rollback();
      });
      await other.close();
      return times;
    },
  },
  {
    name: `expunge ${LEAVING} referred to, ${LEAVING / 4}`,
    limit: 8,
    measure: session =>
      timeBoth(session, users => {
        for (const each of users) session.expunge(each);
      }),
  },
];

console.log(`${'ms'.padEnd(34)}     work    other    ratio  at most`);
for (const ratio of ratios) await print(ratio);

async function print({ name, limit, measure }: Ratio): Promise<void> {
  let [least, leastOther] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    const session = await openSession({ url: 'sqlite::memory:' });
    await session.createAll();
    const [work, other] = await measure(session);
    [least, leastOther] = [Math.min(least, work), Math.min(leastOther, other)];
    await session.close();
  }
  const numbers = [least.toFixed(1), leastOther.toFixed(1), (least / leastOther).toFixed(2), String(limit)];
  console.log(`${name.padEnd(34)} ${numbers.map(n => n.padStart(8)).join(' ')}`);
}

/** How long work with users takes that posts refer to, and how long it takes with a quarter of them. */
async function timeBoth(
  session: Session,
  work: (users: readonly User[]) => unknown,
): Promise<readonly [number, number]> {
  const times: number[] = [];
  for (const more of [LEAVING / 4, (LEAVING * 3) / 4]) {
    for (let i = 0; i < more; i++)
      session.add(new Post({ title: 't', content: 'c', author: user(`${more} ${i}`) }));
    await session.commit();
    session.em.clear();
    const [users] = [await session.query(User).all(), await session.query(Post).all()];
    times.push(await time(() => work(users)));
    await session.rollback();
    session.em.clear();
  }
  const [quarter = NaN, whole = NaN] = times;
  return [whole, quarter];
}

async function stageOwner(session: Session): Promise<User> {
  const owner = user('owner');
  session.add(owner);
  await session.commit();
  return owner;
}

function stagePosts(session: Session, author: User, count = POSTS): void {
  for (let i = 0; i < count; i++) session.add(new Post({ title: `t${i}`, content: 'c', author }));
}

function user(username: string): User {
  return new User({ username, email: username, password: 'p' });
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
