import { describe, expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { createDatabase, type Dialect } from '../../support/databases.ts';

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
