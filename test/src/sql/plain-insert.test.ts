import { describe, expect, it } from '@jest/globals';
import { isPlainInsert } from '../../../src/sql/plain-insert.ts';
import { readStatements } from '../../../src/sql/statement.ts';
import { endsTransaction, isAboutSavepoint, leavesOpen } from '../../../src/sql/transaction-boundaries.ts';

const families = ['sqlite', 'postgresql', 'mysql'] as const;

describe('a plain INSERT', () => {
  it.each([
    'insert into `user` (`name`) values (1), (2)',
    'INSERT INTO "user" ("name") values (\'commit\'), (\'begin\') returning "id"',
    'insert\ninto user default values',
    'insert into user values (pg_advisory_lock(1))',
  ])('is %s, and reading it says the same', sql => {
    expect(isPlainInsert(sql)).toBe(true);
    for (const family of families) {
      const statements = readStatements(sql, family);
      expect(statements.map(each => [each.keyword, each.everyRow, isAboutSavepoint(each)])).toEqual([
        ['insert', false, false],
      ]);
      expect(statements.map(each => [endsTransaction(each, family), leavesOpen(each, family)])).toEqual([
        [false, undefined],
      ]);
    }
  });

  it.each([
    'insert into user values (1); commit',
    'insert into user with d as (delete from post returning 1) table d',
    'insert into user (id) values (1) on conflict (id) do update set id = 2',
    "insert into user values ('update')",
    "insert into user values (dblink_exec('', 'drop table post'))",
    'insert into user values (lo_unlink(1))',
    'insert into user values (U&"\\006Co_unlink"(1))',
    'insert into user values (pg_terminate_backend(1))',
    'insert into words (rank, words) values (?, ?)',
    'insert into "words"/*(*/(`Words`) values (1)',
    'with x as (select 1) insert into user values (1)',
    '/* a */ insert into user values (1)',
    'replace into user values (1)',
    'begin',
    '',
  ])('is not surely %p', sql => {
    expect(isPlainInsert(sql)).toBe(false);
  });
});
