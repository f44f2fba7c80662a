import { expect, it } from '@jest/globals';
import { readDefinition, writesCatalog } from '../../../src/sql/definition.ts';
import { readIsolationLevel } from '../../../src/sql/isolation-level.ts';

it.each([
  ['select 1', undefined, undefined],
  ['create or replace function f(language text) returns int language "C" as $$x$$', 'function', ['c']],
  ["create function f() returns int as 'x' language 'internal' set a to language", 'function', ['internal']],
  ["create function f() returns int language E'\\x63' as 'x'", 'function', ['']],
  ['do language plpgsql $$ begin end $$', 'do', ['plpgsql']],
  ['create foreign data wrapper w', 'foreign data wrapper', []],
  ['create foreign table t (a int) server s', 'foreign table', []],
  ['create temp view v as select 1', 'view', []],
  ['create', '', []],
])('reads what %s defines', (sql, what, languages) => {
  const definition = readDefinition(sql);
  expect([definition?.what, definition?.languages]).toEqual([what, languages]);
});

it('reads every name in a definition', () => {
  expect(readDefinition('create operator a.### (function = "SetVal")')?.names).toEqual(
    expect.arrayContaining(['a', 'setval']),
  );
});

it.each([
  ['update pg_proc set a = 1', true],
  ['delete from only (pg_catalog.pg_proc)', true],
  ['with x as (insert into pg_cast values (1) returning 1) select * from x', true],
  ['do $$ begin truncate table pg_class; end $$', true],
  ['merge into PG_PROC using a on true when matched then delete', true],
  ['insert into a select * from pg_proc', false],
  ['update own.pg_proc set a = 1', false],
  ["select 'update pg_proc set a = 1'", false],
  ['create table pg_like (a int)', false],
  ['', false],
])('knows that %s writes a table of the system: %s', (sql, expected) => {
  expect(writesCatalog(sql)).toBe(expected);
});

it.each([
  ['begin', undefined],
  ['start transaction isolation level serializable, read only', 'serializable'],
  ['BEGIN ISOLATION /* x */ LEVEL Repeatable Read', 'repeatable read'],
  ['begin isolation level read committed isolation level read uncommitted', 'read uncommitted'],
  ['begin isolation level', undefined],
])('reads the isolation level of %s: %s', (sql, level) => {
  expect(readIsolationLevel(sql, 'postgresql')).toBe(level);
});
