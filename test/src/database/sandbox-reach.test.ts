import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { createDatabase, everyDialect, isMysql, type TestDatabase } from '../../support/databases.ts';

const refused = 'CannotUndo: A sandbox (--sandbox) does not run a write to';
const opens = 'cannot be a sandbox: its views, triggers or routines may write';

/** What is defined in the database itself, what is run, and why it is not. `far` has a table without transactions alone. */
const ways: readonly (readonly [name: string, own: readonly string[], run: string, why: string])[] = [
  ['a function of another database', [], 'select {near}.noting()', `${refused} {far}.log`],
  ['one that is spelt otherwise', [], 'select `{near}` . `NOTING` ()', `${refused} {far}.log`],
  ['one in the rows of an INSERT', [], 'insert into note values ({near}.noting())', `${refused} {far}.log`],
  ['one that a view calls', [], 'select * from {near}.calling', `${refused} {far}.log`],
  ['a view of another database', [], 'insert into {near}.shown values (1)', `${refused} {far}.log`],
  ['rows deleted by one', [], 'delete from {near}.shown', `${refused} {far}.log`],
  ['a trigger of another database', [], 'insert into {near}.plain values (1)', `${refused} {far}.log`],
  ['a function', [noting('own')], 'select own()', `${opens} {far}.log (MyISAM)`],
  [
    'a function that calls another',
    ['create function own() returns int modifies sql data return {near}.noting()'],
    'select own()',
    `${opens} {far}.log (MyISAM)`,
  ],
  [
    'a function that calls a procedure',
    [
      'create procedure deep() insert into {far}.log values (1)',
      'create function own() returns int modifies sql data begin call deep(); return 1; end',
    ],
    'select own()',
    `${opens} {far}.log (MyISAM)`,
  ],
  [
    'a view on a view',
    ['create view own as select * from {near}.shown'],
    'delete from own',
    `${opens} {far}.log (MyISAM)`,
  ],
  [
    'a trigger on what has one',
    ['create trigger own after insert on note for each row insert into {near}.plain values (1)'],
    'insert into note values (1)',
    `${opens} {far}.log (MyISAM)`,
  ],
  ['a procedure that nothing calls', ['create procedure own() delete from {far}.log'], 'select 1', ''],
  ['a read of such a table', [], 'select count(*) from {far}.log', ''],
  ['a read beside a function', [], 'select * from {near}.plain', ''],
  ['a view on what calls one', [], 'select * from {near}.outer_one', `${refused} {far}.log`],
];

function noting(name: string): string {
  return `create function ${name}() returns int modifies sql data begin insert into {far}.log values (1); return 1; end`;
}

for (const { dialect, skipped } of everyDialect) {
  if (!isMysql(dialect)) continue;
  const group = skipped === '' ? describe : describe.skip;
  group(`what a sandbox of ${dialect} does not reach ${skipped}`, () => {
    let database: TestDatabase;
    let names: Readonly<Record<string, string>>;
    const fill = (sql: string) => sql.replaceAll(/\{(\w+)\}/g, (text, name: string) => names[name] ?? text);

    async function run(...statements: readonly string[]): Promise<unknown> {
      const session = await openSession({ url: database.url, entities: [] });
      try {
        let answer: unknown;
        for (const sql of statements) answer = await session.em.execute(fill(sql));
        return answer;
      } finally {
        await session.close();
      }
    }

    beforeAll(async () => {
      database = await createDatabase(dialect);
      const name = new URL(database.url).pathname.slice(1);
      names = { own: name, near: `${name}_near`, far: `${name}_far` };
      await run(
        'create database {near}',
        'create database {far}',
        'create table {far}.log (id int) engine = myisam',
        'create table {near}.plain (id int)',
        'create view {near}.shown as select * from {far}.log',
        noting('{near}.noting'),
        'create view {near}.calling as select {near}.noting() as noted',
        'create view {near}.outer_one as select * from {near}.calling',
        'create trigger {near}.noted after insert on {near}.plain for each row insert into {far}.log values (2)',
      );
    });

    afterAll(async () => {
      await run('drop database {near}', 'drop database {far}');
      await database.drop();
    });

    it.each(ways)('%s', async (_name, own, sql, why) => {
      await run(
        'drop database {own}',
        'create database {own}',
        'use {own}',
        'create table note (id int)',
        ...own,
      );
      await run('delete from {far}.log', 'insert into {far}.log values (100)');
      const said = await sandboxed(fill(sql));
      expect(said).toContain(fill(why));
      expect(why === '' ? said : '').toBe('');
      expect(await run('select id from {far}.log')).toEqual([{ id: 100 }]);
    });

    async function sandboxed(sql: string): Promise<string> {
      try {
        const session = await openSession({ url: database.url, entities: [], sandbox: true });
        try {
          await session.em.execute(sql);
          return '';
        } finally {
          await session.close();
        }
      } catch (error) {
        return String(error);
      }
    }
  });
}
