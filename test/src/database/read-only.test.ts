import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { defineConfig } from '@mikro-orm/postgresql';
import { openSession, Post, User } from '../../../src/index.ts';
import { createBlog, named } from '../../support/blog.ts';
import { createDatabase, type Dialect, everyDialect, isMysql } from '../../support/databases.ts';
import { outcome } from '../../support/outcome.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

const isFile = (dialect: Dialect) => dialect === 'sqlite' || dialect === 'libsql';

const REFUSED = {
  name: 'ReadOnly',
  message: 'This session is read-only (--read-only); nothing was written',
};

/** A database with one user, opened read-only; at the end that user is all there is. */
const inReadOnly = async (dialect: Dialect, test: (session: Session, url: string) => Promise<void>) => {
  const database = await createBlog(dialect);
  const session = await openSession({ url: database.url, readOnly: true });
  try {
    await test(session, database.url);
  } finally {
    await session.close();
  }
  const after = await openSession({ url: database.url });
  expect([await after.query(User).count(), await after.query(Post).count()]).toEqual([1, 0]);
  expect((await after.query(User).first())?.password).toBe('p');
  await after.close();
  await database.drop();
};

for (const { dialect, skipped } of everyDialect) {
  const group = skipped === '' ? describe : describe.skip;
  group(`a read-only session on ${dialect} ${skipped}`.trim(), () => {
    // The first database of PGlite takes its time.
    beforeAll(async () => (await createDatabase(dialect)).drop());

    it('reads, and refuses every write in a sentence; what is staged stays staged', async () => {
      await inReadOnly(dialect, async session => {
        expect(session.database.readOnly).toBe(true);
        const corey = await session.query(User).filterBy({ username: 'Corey' }).first();
        expect(String(corey)).toBe("User('Corey', 'Corey@demo.com')");
        const alex = named('Alex');
        session.add(alex);
        for (let i = 0; i < 2; i++) await expect(session.commit()).rejects.toMatchObject(REFUSED);
        expect([session.new, alex.id, session.em.isInTransaction()]).toEqual([[alex], undefined, false]);
        await expect(session.createAll()).rejects.toMatchObject(REFUSED);
        await expect(session.dropAll()).rejects.toMatchObject(REFUSED);
        expect(session.new).toEqual([alex]);
        expect(String(await session.rollback())).toBe('rolled back 1 new (User)');
        await expect(session.query(User).update({ password: 'x' })).rejects.toMatchObject(REFUSED);
        await session.rollback();
        expect(await session.query(User).count()).toBe(1);
      });
    });

    it('refuses them by whatever way they come', async () => {
      await inReadOnly(dialect, async ({ em, orm }) => {
        const quoted = em.getPlatform().quoteIdentifier('user');
        const insert = `insert into ${quoted} (username, email, password) values ('x', 'x', 'x')`;
        const row = { username: 'x', email: 'x', password: 'x' };
        const connection = em.getConnection();
        const ways: Record<string, () => unknown> = {
          execute: () => em.execute(insert),
          fork: () => em.fork().execute(insert),
          connection: () => connection.execute(insert),
          flush: () => em.fork().persist(named('x')).flush(),
          insert: () => em.fork().insert(User, row),
          builder: () => em.fork().createQueryBuilder(User).insert(row).execute(),
          kysely: () => em.fork().getKysely<{ user: typeof row }>().insertInto('user').values(row).execute(),
          transactional: () => em.fork().transactional(inner => inner.execute(insert)),
          native: () => connection.getNativeClient(),
          dump: () => connection.executeDump(insert),
          create: () => em.execute('create table other (id int)'),
          drop: () => em.execute('drop table post'),
          schema: () => orm.schema.execute('drop table post'),
          reconnected: async () => {
            await orm.reconnect();
            await em.execute(insert);
          },
        };
        const outcomes: Record<string, string> = {};
        for (const [name, run] of Object.entries(ways)) outcomes[name] = await outcome(run);
        expect(outcomes).toEqual(Object.fromEntries(Object.keys(ways).map(name => [name, 'ReadOnly'])));
      });
    });

    it('cannot be talked out of it', async () => {
      await inReadOnly(dialect, async ({ em }, url) => {
        const quoted = em.getPlatform().quoteIdentifier('user');
        const insert = `insert into ${quoted} (username, email, password) values ('x', 'x', 'x')`;
        // PostgreSQL takes a write for a query.
        const write =
          isMysql(dialect) || isFile(dialect) ? insert : `with x as (${insert} returning id) select * from x`;
        for (const lift of lifts(dialect, url)) {
          await outcome(() => em.fork().execute(lift));
          expect([lift, await outcome(() => em.fork().execute(write))]).toEqual([lift, 'ReadOnly']);
          const inside = em.fork().transactional(async fork => {
            await outcome(() => fork.execute(lift));
            await fork.execute(write);
          });
          expect([lift, await outcome(() => inside)]).not.toEqual([lift, 'done']);
        }
      });
    });
  });
}

function lifts(dialect: Dialect, url: string): string[] {
  const file = url.replace(/^\w+:/, '');
  if (isFile(dialect))
    return [
      'pragma query_only = off',
      'pragma writable_schema = on',
      `attach '${file}' as main2`,
      `attach 'file:${file}?mode=rw' as main3`,
    ];
  if (isMysql(dialect))
    return [
      'set session transaction read write',
      'set transaction read write',
      'set @@session.transaction_read_only = 0',
      'set names utf8mb4, session tx_read_only = 0',
      '/*!50000 set session transaction read write */',
      "execute immediate 'set session transaction read write'",
      'select 1; set session transaction read write',
    ];
  return [
    'set default_transaction_read_only = off',
    'set session characteristics as transaction read write',
    'set transaction read write',
    "select set_config('default_transaction_read_only', 'off', false)",
    `set U&"default_transaction_read_only" = off`,
    'do $$ begin set session characteristics as transaction read write; commit; delete from "user"; end $$',
    '/* /* */ select */ set session characteristics as transaction read write',
    'select 1; set session characteristics as transaction read write',
    'discard all',
    'reset all',
  ];
}

describe.each(['sqlite', 'libsql'] as const)('a read-only session on %s', dialect => {
  it('writes no copy to another file', async () => {
    await inReadOnly(dialect, async ({ em }, url) => {
      const copy = `${url.replace(/^\w+:/, '')}.copy`;
      for (const sql of [`vacuum into '${copy}'`, `vacuum/**/main into '${copy}' /* x`])
        expect(await outcome(() => em.execute(sql))).toBe('ReadOnly');
      expect(existsSync(copy)).toBe(false);
    });
  });
});

it.each(['postgresql', 'pglite'] as const)(
  'what one statement sets is not there for the next of several at once: %s',
  async dialect => {
    const database = await createBlog(dialect);
    const owner = await openSession({ url: database.url });
    const body = `delete from "user" returning 1`;
    await owner.em.execute(`create function wipe() returns int language sql as $$ ${body} $$`);
    await owner.close();
    const session = await openSession({ url: database.url, readOnly: true });
    const lift = "select set_config('default_transaction_read_only', 'off', false)";
    await session.em
      .getKysely()
      .getExecutor()
      .provideConnection(async connection => {
        const done = await Promise.allSettled(
          [lift, 'select wipe()', lift, 'select wipe()'].map(async sql =>
            connection.executeQuery({ sql, parameters: [], query: { kind: 'RawNode' } } as never),
          ),
        );
        expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
      });
    expect(await session.query(User).count()).toBe(1);
    await session.close();
    await database.drop();
  },
);

describe('the proof that writes are refused', () => {
  const asReader = async (test: (url: string) => Promise<void>) => {
    const database = await createDatabase('postgresql');
    const owner = await openSession({ url: database.url });
    await owner.createAll();
    await owner.em.execute("create role reader login password 'reader'; grant select on post to reader");
    try {
      await test(database.url.replace(/\/\/[^@]*@/, '//reader:reader@'));
    } finally {
      await owner.em.execute('drop owned by reader; drop role reader');
      await owner.close();
      await database.drop();
    }
  };

  it('needs no rights on postgresql, in a sandbox as little as read-only', async () => {
    await asReader(async url => {
      for (const guard of [{ readOnly: true }, { sandbox: true }]) {
        const session = await openSession({ url, ...guard });
        expect(await session.query(Post).count()).toBe(0);
        expect(session.sandboxWrites).toBe(0);
        await session.close();
      }
    });
  });

  it('is asked of every replica, and a sandbox does without them', async () => {
    const database = await createDatabase('postgresql');
    const config = defineConfig({
      clientUrl: database.url,
      entities: [],
      discovery: { warnWhenNoEntities: false },
      replicas: [{}, { port: 1 }],
    });
    await expect(openSession({ config, readOnly: true })).rejects.toMatchObject({ name: 'CannotConnect' });
    const reading = await openSession({ config: { ...config, replicas: [{}] }, readOnly: true });
    await reading.close();
    const sandbox = await openSession({ config, sandbox: true });
    expect(await sandbox.em.getConnection('read').execute('select 1 as one')).toEqual([{ one: 1 }]);
    await sandbox.close();
    await database.drop();
  });

  it('is missing of a file that is created later', async () => {
    const database = await createDatabase('sqlite');
    const { url } = database;
    const session = await openSession({ url, readOnly: true });
    const other = await openSession({ url });
    await other.createAll();
    await other.close();
    await expect(session.query(User).all()).rejects.toMatchObject({ name: 'MissingDatabase' });
    await session.close();
    await database.drop();
  });
});

it.each([
  'select lo_create(0)',
  "select dblink_exec('dbname=x', 'insert into post values (1)')",
  "select pg_catalog.lo_from_bytea(0, 'x')",
  'select 1; select 2',
  'select U&"lo\\005Fcreate"(0)',
  "select pg_notify('a', 'b')",
  'select pg_cancel_backend(0)',
  "select pg_clear_relation_stats('public', 'post')",
  "select brin_summarize_new_values('post')",
  "declare c cursor for select pg_import_system_collations('public')",
])('a read-only session on postgresql refuses %s', async statement => {
  await inReadOnly('postgresql', async ({ em }) => {
    expect(await outcome(() => em.execute(statement))).toBe('ReadOnly');
  });
});

it('says why a database cannot be opened read-only', async () => {
  await expect(openSession({ url: 'sqlite::memory:', readOnly: true })).rejects.toMatchObject({
    message: 'sqlite::memory: is empty: there is nothing to read in it',
  });
  await expect(openSession({ url: 'libsql://host.invalid', readOnly: true })).rejects.toMatchObject({
    message: 'libSQL cannot open libsql://host.invalid read-only',
    hint: 'Give it a token that may only read.',
  });
});
