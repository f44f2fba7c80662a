import { describe, expect, it } from '@jest/globals';
import { defineConfig, MikroORM, NodeSqliteDialect } from '@mikro-orm/sqlite';
import { MikroscopeError, openSession, Post, User } from '../../../src/index.ts';
import { createDatabase, dialects, inSession } from '../../support/databases.ts';
import { outcome } from '../../support/outcome.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

/** Every way of deleting all posts. */
const ways = (session: Session): Record<string, () => unknown> => {
  const { em, orm } = session;
  const connection = em.getConnection();
  const posts = 'delete from post';
  const kysely = () => em.fork().getKysely<{ post: object }>();
  return {
    execute: () => em.execute(posts),
    fork: () => em.fork().execute(posts),
    transactional: () => em.fork().transactional(fork => fork.execute(posts)),
    builder: () => em.fork().createQueryBuilder(Post).delete().execute(),
    nativeDelete: () => em.fork().nativeDelete(Post, {}),
    kysely: () => kysely().deleteFrom('post').execute(),
    kyselyTransaction: () =>
      kysely()
        .transaction()
        .execute(trx => trx.deleteFrom('post').execute()),
    connection: () => connection.execute(posts),
    stream: async () => {
      for await (const _row of connection.stream(`${posts} returning id`)) continue;
    },
    dump: () => connection.executeDump(posts),
    native: () => connection.getNativeClient(),
    schema: () => orm.schema.execute(posts),
    session: () => session.query(Post).delete(),
  };
};

describe.each(dialects)('what is destructive on %s', dialect => {
  it('is asked about once whichever way it comes, and not done where that is refused', async () => {
    const asked: string[] = [];
    const confirm = async ({ kind }: { kind: string }) => {
      asked.push(kind);
      throw new MikroscopeError('Refused', 'no');
    };
    await inSession(
      dialect,
      async session => {
        const user = new User({ username: 'a', email: 'a', password: 'p' });
        session.addAll([user, new Post({ title: 't', content: 'c', author: user })]);
        await session.commit();
        for (const [name, way] of Object.entries(ways(session))) {
          asked.length = 0;
          expect([name, await outcome(way), asked.length]).toEqual([name, 'Refused', 1]);
        }
        await session.rollback();
        expect(await session.query(Post).count()).toBe(1);
      },
      { confirm },
    );
  });
});

describe('a read-only session', () => {
  it('asks about nothing that it refuses anyway', async () => {
    const database = await createDatabase('postgresql');
    const { url } = database;
    const owner = await openSession({ url });
    await owner.createAll();
    await owner.close();
    const asked: string[] = [];
    const session = await openSession({
      url,
      readOnly: true,
      confirm: async ({ kind }) => void asked.push(kind),
    });
    expect(await outcome(() => session.em.execute('drop table post'))).toBe('ReadOnly');
    expect(asked).toEqual([]);
    await session.close();
    await database.drop();
  });
});

describe('a configuration that brings its own', () => {
  const dialect = () => new NodeSqliteDialect(':memory:');
  const kysely = () =>
    new MikroORM({ dbName: ':memory:', discovery: { warnWhenNoEntities: false } }).em.getKysely();

  it.each([
    ['dialect', dialect()],
    ['function that gives a dialect', dialect],
    ['Kysely', kysely()],
  ])('%s is asked about as well, and never waits forever', async (_, driverOptions) => {
    const config = defineConfig({ entities: [User, Post], dbName: ':memory:', driverOptions });
    const session = await openSession({
      config,
      confirm: async () => {
        throw new MikroscopeError('Refused', 'no');
      },
    });
    await session.createAll();
    expect(await outcome(() => session.em.execute('delete from post'))).toBe('Refused');
    session.add(new User({ username: 'a', email: 'a', password: 'p' }));
    await session.flush();
    expect(await outcome(() => session.em.fork().count(User))).toBe('DatabaseBusy');
    await session.commit();
    expect(await session.em.fork().count(User)).toBe(1);
    for (const guard of ['readOnly', 'sandbox'])
      expect(await outcome(() => openSession({ config, [guard]: true }))).toBe('BadArgument');
    await session.close();
  });
});
