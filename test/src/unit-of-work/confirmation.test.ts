import { describe, expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import type { Dialect as DialectOf } from '../../../src/dialects/dialect.ts';
import { mysqlFamily } from '../../../src/dialects/mysql-family/mysql-family.ts';
import { postgresFamily } from '../../../src/dialects/postgres-family/postgres-family.ts';
import { sqliteFamily } from '../../../src/dialects/sqlite-family/sqlite-family.ts';
import { Confirmation } from '../../../src/unit-of-work/confirmation.ts';
import type { Statement } from '../../../src/mikro-orm/interceptor.ts';
import { createDatabase, type Dialect } from '../../support/databases.ts';
import { BOUNDED, LOSING } from './losing.ts';

/** How often a session asks before statements of SQL, which all run. */
const asked = async (dialect: Dialect, statements: readonly string[]): Promise<number> => {
  const database = await createDatabase(dialect);
  let count = 0;
  const session = await openSession({
    url: database.url,
    confirm: async () => void count++,
  });
  try {
    await session.createAll();
    const { em } = session;
    expect(count).toBe(0);
    // A prepared statement belongs to a connection.
    await em.transactional(async inner => {
      for (const statement of statements) await inner.execute(statement);
    });
    return count;
  } finally {
    await session.close();
    await database.drop();
  }
};

/** The statements that a session asks about; none of these runs. */
const refused = async (dialect: Dialect, statements: readonly string[]): Promise<string[]> => {
  const database = await createDatabase(dialect);
  const session = await openSession({
    url: database.url,
    confirm: () => Promise.reject(new Error('not confirmed')),
  });
  const refusals: string[] = [];
  try {
    await session.createAll();
    for (const statement of statements)
      await session.em.execute(statement).catch((error: unknown) => {
        if (error instanceof Error && error.message === 'not confirmed') refusals.push(statement);
        else throw error;
      });
    return refusals;
  } finally {
    await session.close();
    await database.drop();
  }
};

describe('SQL for every row is asked about', () => {
  it.each([
    ['sqlite', ['delete from post -- where']],
    ['sqlite', ['with x as (select 1) delete from post']],
    ['sqlite', ["update post set title = 'where'"]],
    ['sqlite', ['drop/**/table post']],
    ['postgresql', ['drop/**/table post']],
    ['postgresql', ['delete from post -- where']],
    ['postgresql', ['with x as (select 1) delete from post']],
    ['postgresql', ['with x as (delete from post returning 1) select * from x where true']],
    ['postgresql', ['delete from post where 1 = 1']],
    ['postgresql', ['select lo_create(4242)', 'select lo_unlink(4242)']],
    ['postgresql', ["select query_to_xml('select 1', true, true, '')"]],
    ['postgresql', ["select * from ts_stat($$ select to_tsvector('a') $$)"]],
    ['postgresql', ["select ts_rewrite('a', 'select ''a''::tsquery, ''b''::tsquery')"]],
    ['postgresql', ['explain analyze delete from post']],
    ['postgresql', ['do $$ begin delete from post; end $$']],
    ['postgresql', ['prepare p as delete from post']],
    ['postgresql', ['truncate/**/post']],
  ] as const)('on %s: %j', async (dialect, statements) => {
    expect(await asked(dialect, statements)).toBe(1);
  });

  it.each([
    [["insert into tag (tag) values ('x'), (null)"], 0],
    [["insert into tag (id, tag) values (-1, 'x') returning id"], 0],
    [["insert into tag (tag) values ('delete-all')"], 1],
    [["insert into tag (tag) values (upper('x'))"], 1],
    [["insert into tag (id) select 'delete-all'"], 0],
  ])('and a command to a full-text table, unlike a value of such a column: %j', async (statements, times) => {
    expect(await asked('sqlite', ['create table tag (id int, tag text)', ...statements])).toBe(times);
  });

  it('and what executes a statement that was prepared before is, too', async () => {
    expect(await asked('postgresql', ['prepare p as delete from post where id = 1', 'execute p'])).toBe(1);
  });
});

describe('a condition that names no column of the table is none', () => {
  const CONDITIONS = [
    '1 is distinct from 2',
    "'a' = 'a' collate \"C\"",
    '1 notnull',
    '(1=1) is not unknown',
    '2 between symmetric 3 and 1',
    "'a' ilike 'A'",
    "'a' similar to 'a'",
    "'a' like 'a' escape '!'",
    'extract(year from now()) > 1',
    "now() at time zone 'utc' > '2000-01-01'",
    "date '2020-01-01' < now()",
    "text 'a' = 'a'",
    "'t'::pg_catalog.bool",
    "b'1' = b'1'",
    'current_date is not null',
    'exists (select from pg_class)',
    'exists (select id from post)',
    '(select count(*) from (values (1)) v(q)) > 0',
    'exists (select 1 from "user" where id > 0 and "user".id is not null)',
  ];
  it.each([
    [
      'sqlite',
      CONDITIONS.filter(condition =>
        /^(?:1 is|1 not|current_|'a' like|exists .*(?:post|user))/.test(condition),
      ),
    ],
    ['postgresql', CONDITIONS],
  ] as const)('on %s', async (dialect, conditions) => {
    const statements = conditions.flatMap(condition => [
      `delete from post where ${condition}`,
      `update post set title = '' where ${condition}`,
      `with x as (select 1) delete from post where ${condition}`,
    ]);
    expect(await refused(dialect, statements)).toEqual(statements);
  });

  it.each([
    'delete from post where id = 1',
    'delete from POST where Id = 1',
    'delete from post where post.id = 1',
    'delete from post p where p.title is null',
    "delete from post as p where (p.title = (select 'x'))",
    "update post set title = '' where \"title\" = 'x'",
    'update post p set content = title where exists (select 1 from "user" u where u.id = p.id)',
    'with x as (select 1) delete from post where not (id < 1)',
    'with x as (delete from post where id = 1 returning 1) select * from x',
  ])('and one that does is: %s', async statement => {
    expect(await refused('postgresql', [statement])).toEqual([]);
  });

  it('and where the columns are not known, it is asked about', async () => {
    const statements = ['delete from other where id = 1', 'update main.other set x = 1 where x = 2'];
    expect(await refused('sqlite', statements)).toEqual(statements);
  });
});

describe('SQL with a condition is not asked about', () => {
  it.each([
    [
      'sqlite',
      ["delete from post where title = ''", "insert into post (title) select 'delete from post' where false"],
    ],
    [
      'postgresql',
      [
        "delete from post where title = ''",
        'explain delete from post',
        "select 'drop table post; delete from post'",
        'with x as (delete from post where id = 1 returning 1) select * from x',
        'select * from post for update',
        'insert into post (title) select title from post on conflict do nothing',
      ],
    ],
  ] as const)('on %s: %j', async (dialect, statements) => {
    expect(await asked(dialect, statements)).toBe(0);
  });
});

const POST = new Set(['id', 'title', 'content']);
const COLUMNS = new Map([
  ['post', POST],
  ['user', new Set(['id', 'username'])],
]);
const FAMILIES: Record<string, Pick<DialectOf, 'family' | 'losesRows'>> = {
  sqlite: sqliteFamily,
  postgresql: postgresFamily,
  mariadb: mysqlFamily,
};

/** Whether SQL is asked about, without a database. */
const isAsked = (dialect: string, sql: string): boolean => {
  let count = 0;
  const family = FAMILIES[dialect] ?? sqliteFamily;
  const confirm = async () => void count++;
  void new Confirmation(confirm, family, table => COLUMNS.get(table)).admit({ sql } as Statement);
  return count > 0;
};

describe.each(Object.entries(LOSING))('what loses rows unseen is asked about: %s', (_kind, statements) => {
  it.each(statements)('on %s: %s', (dialect, sql) => {
    expect(isAsked(dialect, sql)).toBe(true);
  });
});

describe.each(Object.entries(BOUNDED))('and what is seen to be bounded is not: %s', (_kind, statements) => {
  it.each(statements)('on %s: %s', (dialect, sql) => {
    expect(isAsked(dialect, sql)).toBe(false);
  });
});
