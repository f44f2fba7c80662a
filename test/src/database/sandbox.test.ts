import { beforeAll, describe, expect, it } from '@jest/globals';
import { openSession, Post, User } from '../../../src/index.ts';
import { createBlog, named } from '../../support/blog.ts';
import { createDatabase, type Dialect, everyDialect, isMysql } from '../../support/databases.ts';
import { outcome } from '../../support/outcome.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

const isServer = (dialect: Dialect) => dialect === 'postgresql' || isMysql(dialect);
const usernames = async (session: Session) =>
  (await session.query(User).orderBy('username').all()).map(user => user.username);

/** What somebody else sees: every row, and the names of the tables. */
const seen = async (url: string) => {
  const session = await openSession({ url });
  try {
    const { em } = session;
    const { dialect } = session.database;
    const tables = await em.getPlatform().getSchemaHelper()?.getAllTables(em.getConnection());
    const rows = await em.execute(`select * from ${em.getPlatform().quoteIdentifier('user')} order by id`);
    const [sequence] =
      dialect === 'postgresql' ? await em.execute('select last_value < 900 as low from user_id_seq') : [];
    return {
      sequence,
      tables: tables?.map(table => table.table_name).toSorted(),
      rows,
      posts: await session.query(Post).count(),
    };
  } finally {
    await session.close();
  }
};

/** A database with one user, opened as a sandbox; at the end it is as it was. */
const inSandbox = async (dialect: Dialect, test: (session: Session, url: string) => Promise<void>) => {
  const database = await createBlog(dialect);
  const was = await seen(database.url);
  const session = await openSession({ url: database.url, sandbox: true });
  try {
    await test(session, database.url);
  } finally {
    await session.close();
  }
  expect(await seen(database.url)).toEqual(was);
  await database.drop();
};

for (const { dialect, skipped } of everyDialect) {
  const group = skipped === '' ? describe : describe.skip;
  group(`a sandbox on ${dialect} ${skipped}`.trim(), () => {
    // The first database of PGlite takes its time.
    beforeAll(async () => (await createDatabase(dialect)).drop());

    it('is a session like any other, but for what is left of it', async () => {
      await inSandbox(dialect, async (session, url) => {
        expect(session.database.sandbox).toBe(true);
        expect(await usernames(session)).toEqual(['Corey']);
        expect(session.sandboxWrites).toBe(0);
        const alex = named('Alex');
        session.add(alex);
        expect(String(await session.commit())).toBe('committed 1 new (User)');
        expect(session.sandboxWrites).toBe(1);
        session.add(named('Berta'));
        expect(await session.query(User).count()).toBe(3);
        expect(String(await session.rollback())).toBe('rolled back 1 new (User)');
        expect(await usernames(session)).toEqual(['Alex', 'Corey']);
        // A failed commit leaves everything staged, and what was committed.
        const twin = named('Alex');
        session.add(twin);
        await expect(session.commit()).rejects.toMatchObject({ name: 'UniqueViolation' });
        twin.username = 'Carla';
        twin.email = 'c@demo.com';
        await session.commit();
        await session.nested(async () => {
          session.add(named('Dora'));
          const failing = session.nested(async () => {
            session.add(named('Emil'));
            await session.flush();
            throw new Error('no');
          });
          await expect(failing).rejects.toThrow('no');
        });
        await session.commit();
        expect(await usernames(session)).toEqual(['Alex', 'Carla', 'Corey', 'Dora']);
        await session.query(User).filterBy({ username: 'Corey' }).update({ password: 'x' });
        await session.commit();
        const read: string[] = [];
        for await (const user of session.query(User)) read.push(user.username);
        expect(read).toHaveLength(4);
        await session.query(User).filterBy({ username: 'Corey' }).delete();
        await session.commit();
        const late = named('Late');
        session.add(late);
        await session.flush();
        // PGlite's directory is one process's, and the sandbox has left it.
        expect((await seen(url)).rows).toHaveLength(1);
      });
    });

    it('goes on after a statement that failed, inside of a transaction or not', async () => {
      await inSandbox(dialect, async ({ em }) => {
        const table = em.getPlatform().quoteIdentifier('user');
        const insert = (name: string) =>
          `insert into ${table} (username, email, password) values ('${name}', '${name}', 'p')`;
        const count = async () => (await em.fork().execute(`select * from ${table}`)).length;
        await em.execute(insert('a'));
        expect(await outcome(() => em.execute(insert('a')))).not.toBe('done');
        expect(await outcome(() => em.execute('select nonsense'))).not.toBe('done');
        expect(await count()).toBe(2);
        const failing = em.fork().transactional(async fork => {
          await fork.execute(insert('b'));
          await fork.execute(insert('a'));
        });
        expect(await outcome(() => failing)).not.toBe('done');
        expect(await count()).toBe(2);
        await em.fork().transactional(async fork => {
          await fork.execute(insert('c'));
          const inner = fork.transactional(async nested => {
            await nested.execute(insert('d'));
            throw new Error('no');
          });
          await inner.catch(() => {});
        });
        expect(await count()).toBe(3);
        expect(await outcome(() => em.execute('begin'))).toBe('InvalidState');
      });
    });

    it('refuses at once what would wait for its transaction forever', async () => {
      await inSandbox(dialect, async session => {
        session.add(named('Alex'));
        await session.flush();
        expect(await outcome(() => session.em.fork().count(User))).toBe('DatabaseBusy');
        await session.rollback();
        expect(await session.em.fork().count(User)).toBe(1);
      });
    });

    it('creates and drops tables, or says why it cannot', async () => {
      await inSandbox(dialect, async session => {
        const dropped = await session.dropAll().catch(String);
        expect(String(dropped)).toBe(
          isMysql(dialect)
            ? 'CannotUndo: A sandbox (--sandbox) does not run DROP: it could not be undone'
            : 'dropped post, user',
        );
        if (isMysql(dialect)) return;
        await expect(session.query(User).count()).rejects.toMatchObject({ name: 'MissingTable' });
        expect(String(await session.createAll())).toBe('created post, user');
        session.add(named('Alex'));
        await session.commit();
        expect(await usernames(session)).toEqual(['Alex']);
      });
    });

    it('cannot be left from the inside', async () => {
      await inSandbox(dialect, async (session, url) => {
        const { em, orm } = session;
        const table = em.getPlatform().quoteIdentifier('user');
        const insert = `insert into ${table} (username, email, password) values ('x', 'x', 'x')`;
        const row = { username: 'x', email: 'x', password: 'x' };
        const connection = em.getConnection();
        const write = (escape: string) => async () => {
          await outcome(() => em.fork().execute(escape));
          await outcome(() => em.fork().execute(`delete from ${table}`));
          await outcome(() => em.fork().execute(insert));
          await outcome(() => em.fork().execute(escape));
        };
        const inside = (escape: string) => () =>
          em.fork().transactional(async fork => {
            await fork.execute(insert);
            await outcome(() => fork.execute(escape));
            await outcome(() => fork.execute(`update ${table} set password = 'x'`));
            await outcome(() => fork.execute(escape));
          });
        const ways: (() => unknown)[] = [
          () => em.execute(insert),
          () => em.fork().execute(insert),
          () => connection.execute(insert),
          () => connection.execute(`${insert}; commit`),
          () => em.fork().persist(named('y')).flush(),
          () => em.fork().insert(User, row),
          () => em.fork().createQueryBuilder(User).insert(row).execute(),
          () => em.fork().getKysely<{ user: typeof row }>().insertInto('user').values(row).execute(),
          () =>
            em
              .fork()
              .getKysely<{ user: typeof row }>()
              .transaction()
              .execute(trx => trx.insertInto('user').values(row).execute()),
          () => em.fork().transactional(inner => inner.execute(insert)),
          () => connection.executeDump(`delete from ${table}; commit`),
          async () => {
            const native = (await connection.getNativeClient()) as {
              exec?: (sql: string) => unknown;
            };
            await native.exec?.(`delete from ${table}`);
          },
          () => {
            const database = Reflect.get(connection, 'database') as { exec(sql: string): unknown };
            const file = url.replace(/^\w+:/, '');
            return database.exec(`select 1; attach '${file}' as real; delete from real.user`);
          },
          () => em.execute('drop table post'),
          () => orm.schema.execute('drop table post'),
          () => orm.schema.drop(),
          () => orm.schema.dropDatabase(),
          () => orm.schema.clear(),
          async () => {
            await orm.reconnect();
            await em.execute(insert);
          },
          async () => {
            await orm.close();
            await em.fork().execute(insert);
          },
          ...escapes(dialect, url).flatMap(escape => [write(escape), inside(escape)]),
        ];
        for (const way of ways) {
          await outcome(way);
          await outcome(() => em.fork().execute(insert));
        }
        expect(session.sandboxWrites).toBeGreaterThan(0);
      });
    });
  });
}

for (const { dialect, skipped } of everyDialect.filter(each => isMysql(each.dialect))) {
  const group = skipped === '' ? describe : describe.skip;
  group(`a table without transactions on ${dialect} ${skipped}`.trim(), () => {
    const withTable = async (test: (name: string, other: Session, url: string) => Promise<void>) => {
      const database = await createDatabase(dialect);
      const other = await openSession({ url: database.url });
      await other.em.execute('create table log (id int) engine = myisam');
      try {
        await test(new URL(database.url).pathname.slice(1), other, database.url);
      } finally {
        await other.close();
        await database.drop();
      }
    };

    it('is in the way of a sandbox on its database', async () => {
      await withTable(async (_name, { em }, url) => {
        await expect(openSession({ url, sandbox: true })).rejects.toMatchObject({
          message: expect.stringMatching(
            / cannot be a sandbox: its table log \(MyISAM\) cannot be rolled back$/,
          ),
        });
        expect(await em.execute('select * from log')).toEqual([]);
      });
    });

    it('of another database can be read in a sandbox, and not be written', async () => {
      await withTable(async (name, other) => {
        await other.em.execute('insert into log values (1)');
        await inSandbox(dialect, async ({ em }) => {
          for (const statement of [
            `insert into ${name}.log values (2)`,
            `insert ignore into \`${name}\` . \`log\` values (2)`,
            `replace ${name.toUpperCase()}.log values (2)`,
            `/*!50000 delete from ${name}.log */`,
            `delete from ${name}.log`,
            `delete l from ${name}.log l`,
            `update post p, ${name}.log l set l.id = 2`,
            `with one as (select 1) update ${name}.log set id = 2`,
            `truncate ${name}.log`,
            `use ${name}`,
          ])
            expect([statement, await outcome(() => em.execute(statement))]).toEqual([
              statement,
              'CannotUndo',
            ]);
          await em.execute(
            `insert into \`user\` (username, email, password) select id, id, 'p' from ${name}.log`,
          );
          expect(
            await em.execute(`select l.id from \`user\` u join ${name}.log l on l.id = u.email`),
          ).toEqual([{ id: 1 }]);
        });
        expect(await other.em.execute('select id from log')).toEqual([{ id: 1 }]);
      });
    });

    it.each([
      'create view aside as select * from OTHER.log',
      'create trigger aside after insert on post for each row insert into OTHER.log values (2)',
    ])('is in the way of a sandbox on a database with: %s', async statement => {
      await withTable(async name => {
        const database = await createDatabase(dialect);
        const owner = await openSession({ url: database.url });
        await owner.createAll();
        await owner.em.execute(statement.replace('OTHER', name));
        await owner.close();
        await expect(openSession({ url: database.url, sandbox: true })).rejects.toMatchObject({
          message: expect.stringContaining(
            `its views, triggers or routines may write ${name}.log (MyISAM), which cannot be rolled back`,
          ),
        });
        await database.drop();
      });
    });
  });
}

for (const { dialect, skipped } of everyDialect.filter(each => each.dialect === 'mariadb')) {
  const group = skipped === '' ? describe : describe.skip;
  group(`a sequence on ${dialect} ${skipped}`.trim(), () => {
    it.each([
      [['create table t (id int default nextval(s))'], 'its table t (a default draws from a sequence)'],
      [
        [
          'create table t (id int)',
          'create trigger draws before insert on t for each row set new.id = next value for s',
        ],
        'a sequence (by ',
      ],
    ])('that rows draw from is in the way of a sandbox: %j', async (statements, obstacle) => {
      const database = await createDatabase(dialect);
      const owner = await openSession({ url: database.url, entities: [] });
      for (const sql of ['create sequence s', ...statements]) await owner.em.execute(sql);
      await owner.close();
      await expect(openSession({ url: database.url, entities: [], sandbox: true })).rejects.toMatchObject({
        message: expect.stringContaining(obstacle),
      });
      await database.drop();
    });
  });
}

function escapes(dialect: Dialect, url: string): string[] {
  const file = url.replace(/^\w+:/, '');
  const always = [
    'commit',
    'COMMIT;',
    '/* x */ commit',
    '-- x\ncommit',
    ';commit',
    'end',
    'rollback',
    'begin',
  ];
  if (dialect === 'sqlite' || dialect === 'libsql')
    return [
      ...always,
      `attach '${file}' as main2`,
      `attach database 'file:${file}?mode=rw' as main3`,
      'delete from main2.user',
      'delete from main3.user',
      'pragma journal_mode = wal',
      'vacuum',
    ];
  const prepared = isServer(dialect)
    ? [
        "prepare transaction 'x'",
        "prepare /* x */ transaction 'y'",
        "commit prepared 'x'",
        "commit prepared 'y'",
      ]
    : [];
  if (isMysql(dialect))
    return [
      ...always,
      'set autocommit = 1',
      'set @x = 1, autocommit = 1',
      '/*! commit */',
      '/*!50000 commit */',
      '/*M! commit */',
      "prepare s from 'commit'",
      'execute s',
      "execute immediate 'commit'",
      'create table other (id int)',
      'start slave',
      'lock tables post write',
      'truncate table post',
      'xa begin 1',
      'select 1; commit',
    ];
  return [
    ...always,
    ...prepared,
    'abort',
    'commit and chain',
    'rollback and chain',
    'end work',
    'release savepoint mikroscope_statement',
    'release savepoint mikroscope_transaction',
    'rollback to savepoint mikroscope_statement',
    'do $$ begin commit; end $$',
    "do 'begin commit; end'",
    'create or replace procedure leave() language plpgsql as $$ begin commit; end $$',
    'call leave()',
    '/* /* */ */ commit',
    'select 1; commit',
    'create index concurrently on "user" (id)',
    'vacuum',
    "select setval('user_id_seq', 1000)",
    `select "setval"('user_id_seq', 1000)`,
    `select U&"s\\0065tval"('user_id_seq', 1000)`,
    "insert into post (title, content, user_id) values (setval('user_id_seq', 1000)::text, '', 1)",
    `select query_to_xml('select setval(''user_id_seq'', 1000)', true, true, '')`,
    "do $$ begin perform setval('user_id_seq', 1000); end $$",
    "select setval --\n('user_id_seq', 1000)",
    "select '/*', setval('user_id_seq', 1000), '*/'",
    "do $$ begin execute 'select set' || 'val(''user_id_seq'', 1000)'; end $$",
    'set standard_conforming_strings = off',
    "select '\\'', setval(E'user_id_seq', 1000), '\\''",
    "prepare p as select setval('user_id_seq', 1000)",
    'execute p',
    "create or replace function later() returns bigint language plpgsql as $$ begin return setval('user_id_seq', 1000); end $$",
    "create or replace function unseen() returns void language plpgsql as $$ begin execute 'select set' || 'val(''user_id_seq'', 1000)'; end $$",
    'select later()',
    'select unseen()',
    'alter sequence user_id_seq restart with 1000',
    'create operator ### (leftarg = regclass, rightarg = bigint, function = setval)',
    "select 'user_id_seq'::regclass ### 1000::bigint",
    "create function alias(regclass, bigint) returns bigint language internal as 'setval_oid'",
    "create function alias(regclass, bigint) returns bigint as 'setval_oid' language 'internal' set search_path to language",
    "update pg_catalog.pg_proc set proname = 'alias' where proname = 'setval'",
    "do $$ begin update only (pg_proc) set proname = 'alias' where proname = 'setval'; end $$",
    'create view routines as select * from pg_proc',
    "update routines set proname = 'alias' where proname = 'setval'",
    'alter function setval(regclass, bigint) rename to alias',
    "select alias('user_id_seq', 1000)",
    'create aggregate alias_all (bigint) (sfunc = setval, stype = regclass)',
    "copy (select 1) to program 'true'",
    'discard all',
    'reset all',
    'set session characteristics as transaction read only',
  ];
}

describe('a sandbox on postgresql', () => {
  it('reports at a commit what is due then, and goes on', async () => {
    await inSandbox('postgresql', async ({ em }) => {
      await em.execute('create table parent (id int primary key)');
      await em.execute(
        'create table child (id int primary key, parent int references parent deferrable initially deferred)',
      );
      const child = (id: number) => `insert into child values (${id}, ${id})`;
      const rows = async () => (await em.execute('select id from child order by id')).length;
      expect(await outcome(() => em.execute(child(1)))).toBe('ForeignKeyViolation');
      expect(await outcome(() => em.fork().transactional(fork => fork.execute(child(1))))).not.toBe('done');
      expect(await rows()).toBe(0);
      for (const id of [2, 3]) {
        await em.fork().transactional(async fork => {
          await fork.execute(child(id));
          await fork.execute(`insert into parent values (${id})`);
        });
      }
      expect(await rows()).toBe(2);
    });
  });

  it.each(['vacuum', 'create database other', 'create index concurrently on "user" (email)'])(
    'refuses %s in a sentence',
    async statement => {
      await inSandbox('postgresql', async ({ em }) => {
        await expect(em.execute(statement)).rejects.toMatchObject({
          name: 'CannotUndo',
          message: expect.stringMatching(
            /^A sandbox \(--sandbox\) does not run [A-Z ]+: it could not be undone$/,
          ),
        });
      });
    },
  );

  it.each([
    [
      'create operator ### (leftarg = regclass, rightarg = bigint, procedure = "setval")',
      'a definition with setval()',
    ],
    ["create function f() returns int language c as 'f'", 'a routine in the language c'],
    ['do $$ import os $$ language plpython3u', 'a routine in the language plpython3u'],
    ['create server s foreign data wrapper file_fdw', 'a definition of a server'],
    ['create foreign table f (id int) server s', 'a definition of a foreign table'],
    [
      "with x as (update only pg_proc set proname = 'x' returning 1) select * from x",
      "a write to the system's tables",
    ],
    ["load 'dblink'", 'LOAD'],
    ["do $$ begin copy (select 1) to program 'true'; end $$", 'COPY'],
    ["do $x$ begin do $$ begin perform setval('user_id_seq', 1000); end $$; end $x$", 'SETVAL()'],
    [
      'do $$ begin if true then create server s foreign data wrapper w; end if; end $$',
      'a definition of a server',
    ],
    [
      "do $$ begin create function a() returns int language internal as 'b'; end $$",
      'a routine in the language internal',
    ],
    ['select pg_export_snapshot()', 'a statement that may not run in a transaction'],
  ])('has no other name for what cannot be undone: %s', async (statement, what) => {
    await inSandbox('postgresql', async ({ em }) => {
      await expect(em.execute(statement)).rejects.toMatchObject({
        name: 'CannotUndo',
        message: `A sandbox (--sandbox) does not run ${what}: it could not be undone`,
      });
    });
  });

  it.each([
    'create operator === (leftarg = int, rightarg = int, function = int4eq)',
    'create function same(language int) returns int language sql as $$ select language $$',
    'create function fill() returns void language plpgsql as $$ begin delete from post where id in (select oid::int from pg_class); end $$',
    'create table crosstab_report (language text, pg_id int)',
    'update post set title = (select relname from pg_class limit 1)',
  ])('defines what is undone: %s', async statement => {
    await inSandbox('postgresql', async ({ em }) => {
      expect(await outcome(() => em.execute(statement))).toBe('done');
    });
  });

  it('says when its connection was lost, and begins anew', async () => {
    await inSandbox('postgresql', async (session, url) => {
      await session.em.execute('delete from "user"');
      const [backend] = await session.em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
      const other = await openSession({ url });
      await other.em.execute(`select pg_terminate_backend(${backend?.pid}, 5000)`);
      await other.close();
      await expect(session.em.execute('select 1')).rejects.toThrow(/lost|terminat/i);
      await session.em.execute('select 1').catch(() => {});
      expect(await session.query(User).count()).toBe(1);
    });
  });
});
