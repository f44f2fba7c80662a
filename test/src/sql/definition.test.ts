import { expect, it } from '@jest/globals';
import { readCode } from '../../../src/sql/definition.ts';
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
  const [definition] = readCode(sql).definitions;
  expect([definition?.what, definition?.languages]).toEqual([what, languages]);
});

it('reads every name in a definition', () => {
  expect(readCode('create operator a.### (function = "SetVal")').definitions[0]?.names).toEqual(
    expect.arrayContaining(['a', 'setval']),
  );
});

it.each([
  ['do $$ begin if a then create server s; end if; end $$', ['do', 'server']],
  ["do $$ begin copy a to program 'x'; load 'y'; new.copy := 1; end $$", ['do', 'copy', 'load']],
  ['do $x$ begin do $$ begin alter function f() rename to g; end $$; end $x$', ['do', 'do', 'function']],
  ["create function f() returns int language sql as 'create cast (a as b)'", ['function', 'cast']],
  ["create table t (a text default 'create server s')", ['table']],
  ["insert into t values ('create server s')", []],
])('reads what is defined in the bodies of %s', (sql, whats) => {
  expect(readCode(sql).definitions.map(({ what }) => what)).toEqual(whats);
});

it.each([
  ['do $x$ begin do $$ begin perform setval(1, 2); end $$; end $x$', ['setval']],
  ["do $x$ begin do 'begin execute a; end'; end $x$", ['execute']],
  ["do $x$ begin do E'begin \x65 end'; end $x$", ['execute']],
])('reads what is called in the bodies of %s', (sql, functions) => {
  expect(readCode(sql).functions).toEqual(expect.arrayContaining(functions));
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
  expect(readCode(sql).writesCatalog).toBe(expected);
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
