// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { openSession, Post, User } from '../../../src/index.ts';
import { Address, Category, Product, shop, Tag } from '../fixtures/shop.ts';
import { loadAll, makeWorld, picture } from '../fixtures/world.ts';
import { named } from '../../support/blog.ts';
import { createDatabase, type Dialect, dialects as tested } from '../../support/databases.ts';

type Session = Awaited<ReturnType<typeof openSession>>;
type Entities = NonNullable<NonNullable<Parameters<typeof openSession>[0]>['entities']>;

/** Opens one after another what is given, and closes them in the same order. */
const inSessions = async (
  dialects: readonly Dialect[],
  entities: Entities,
  test: (...sessions: Session[]) => Promise<void>,
) => {
  const databases = await Promise.all(dialects.map(dialect => createDatabase(dialect)));
  const sessions: Session[] = [];
  for (const { url } of databases) sessions.push(await openSession({ url, entities }));
  try {
    await Promise.all(sessions.map(session => session.createAll()));
    await test(...sessions);
  } finally {
    for (const session of sessions) await session.close();
    for (const database of databases) await database.drop();
  }
};

const clean = async (session: Session) => {
  expect([session.new, session.dirty, session.deleted]).toEqual([[], [], []]);
  const sql: string[] = [];
  const stop = session.sql.subscribe(({ text }) => sql.push(text));
  expect(String(await session.commit())).toBe('nothing to commit');
  stop();
  expect(sql).toEqual([]);
};

describe.each<Dialect[]>([
  ['sqlite', 'postgresql'],
  ['postgresql', 'sqlite'],
  ['sqlite', 'sqlite'],
])('the same classes on %s and then on %s', (...dialects) => {
  it('22: each session has its own rows, objects and staged work', async () => {
    await inSessions(dialects, shop, async (first, second) => {
      const sessions = [first, second];
      const worlds = sessions.map(() => makeWorld());
      for (const [i, session] of sessions.entries()) {
        const { chair, table, seats, stock, ann, bob, cat } = worlds[i]!;
        session.addAll([chair, table, seats, stock, ann, bob, cat]);
      }
      // What one writes must not disturb what the other has staged or has half read.
      await Promise.all(sessions.map(session => session.commit()));
      for (let round = 0; round < 2; round++) {
        await Promise.all(sessions.map(session => loadAll(session)));
        expect(picture(first)).toEqual(picture(second));
        for (const session of sessions) await clean(session);
        for (const session of sessions) session.em.clear();
      }
      const chairs = await Promise.all(
        sessions.map(session => session.query(Product).filterBy({ name: 'chair' }).one()),
      );
      for (const [i, session] of sessions.entries()) {
        const chair = chairs[i]!;
        expect([session.has(chair), sessions[1 - i]!.has(chair)]).toEqual([true, false]);
        chair.labels = { color: `blue ${i}` };
        chair.made = new Date(Date.UTC(2000 + i, 0, 1));
        chair.price = BigInt(i);
        chair.to = new Address('x', `y ${i}`);
        chair.category = new Category(`new ${i}`);
        ((await session.read(chair, 'tags')) as Product['tags']).add(new Tag(`tag ${i}`));
      }
      await first.flush();
      await expect(second.query(Product).filterBy({ price: 1n }).count()).resolves.toBe(1);
      expect(String(await first.rollback())).toBe('rolled back 2 new (Category, Tag), 1 changed (Product)');
      expect(String(await second.commit())).toBe('committed 2 new (Category, Tag), 1 changed (Product)');
      await Promise.all(sessions.map(session => loadAll(session)));
      for (const session of sessions) await clean(session);
      expect(chairs.map(chair => chair.labels)).toEqual([
        { color: 'red', sizes: [1, 2] },
        { color: 'blue 1' },
      ]);
      expect(chairs.map(chair => [chair.to!.city, chair.category!.name, chair.version])).toEqual([
        ['Oslo', 'seats', 1],
        ['y 1', 'new 1', 2],
      ]);
      await first.close();
      chairs[1]!.labels = {};
      expect(String(await second.commit())).toBe('committed 1 changed (Product)');
    });
  });

  it('13, 24: keys as fields, loops and errors are those of their own session', async () => {
    await inSessions(dialects, [User, Post], async (...sessions) => {
      for (const [i, session] of sessions.entries()) {
        const name = `u${i}`;
        session.add(new User({ id: 7 + i, username: name, email: name, password: 'p' }));
        await session.commit();
      }
      await Promise.all(
        sessions.map(async (session, i) => {
          const post = new Post({ title: 't', content: 'c', userId: 7 + i });
          session.add(post);
          expect(((await session.read(post, 'author')) as User).username).toBe(`u${i}`);
          await session.commit();
          for await (const user of session.query(User).populate('posts')) {
            expect(user.posts.getItems()).toEqual([post]);
            user.username = `v${i}`;
          }
          expect(session.uncommitted.summary).toBe('1 changed (User)');
          session.add(new User({ username: `v${i}`, email: 'x', password: 'p' }));
          await expect(session.commit()).rejects.toMatchObject({
            name: 'UniqueViolation',
            message: `User.username 'v${i}' is taken already`,
          });
          await session.rollback();
          await session.query(Post).populate('author').all();
          await clean(session);
          expect(
            await session
              .query(User)
              .filterBy({ posts: { title: 't' } })
              .all(),
          ).toEqual([post.author]);
        }),
      );
      const [mine] = await sessions[0]!.query(User).all();
      const [, other] = sessions;
      expect(() => other!.add(mine!)).toThrow('This User belongs to another session or EntityManager');
      expect(() => other!.remove(mine!)).toThrow('This User belongs to another session or EntityManager');
      const twin = await other!.merge(mine!);
      expect([twin === mine, other!.has(twin), twin.username]).toEqual([false, true, 'u0']);
      await other!.rollback();
    });
  });
});

describe.each(tested)('a session that is opened inside em.transactional() of another, on %s', dialect => {
  it('is one of its own database', async () => {
    const inner = await createDatabase(dialect);
    try {
      await inSessions([dialect], [User, Post], async session => {
        await session.em.transactional(async outer => {
          const own = await openSession({ url: inner.url, entities: [User, Post] });
          await own.createAll();
          own.add(named('x'));
          await own.commit();
          expect([await own.query(User).count(), await outer.count(User)]).toEqual([1, 0]);
          await own.close();
        });
        expect(await session.query(User).count()).toBe(0);
      });
    } finally {
      await inner.drop();
    }
  });
});
