import { describe, expect, it } from '@jest/globals';
import { withoutNameQuotes, withoutOptionalSpaces } from '../../../src/sql/without-name-quotes.ts';
import { readStatements } from '../../../src/sql/statement.ts';
import type { SqlFamily } from '../../../src/sql/token.ts';

describe('the table that a statement writes', () => {
  it.each<[SqlFamily, string, unknown]>([
    ['mysql', 'insert into `post` (`a`) values (1)', { name: 'post' }],
    ['mysql', 'insert ignore into `site`.`post` values (1)', { schema: 'site', name: 'post' }],
    ['mysql', 'INSERT INTO Post VALUES (1)', { name: 'Post' }],
    ['mysql', 'insert post values (1)', { name: 'post' }],
    ['mysql', 'replace into `a``b` values (1)', { name: 'a`b' }],
    ['mysql', 'update low_priority `post` set a = 1', { name: 'post' }],
    ['mysql', 'delete from `post` where id = 1', { name: 'post' }],
    ['mysql', '/* x */ update/**/post/**/set a = 1', { name: 'post' }],
    ['sqlite', 'insert or replace into [po st] values (1)', { name: 'po st' }],
    ['postgresql', 'update only "a"."b"."post" set c = 1', { schema: 'b', name: 'post' }],
    ['postgresql', 'truncate table post', { name: 'post' }],
    ['postgresql', 'select * from post', undefined],
    ['postgresql', 'insert', undefined],
  ])('on %s: %s', (family, sql, expected) => {
    expect(readStatements(sql, family)[0]?.target).toEqual(expected);
  });
});

it.each<[SqlFamily, string, string[]]>([
  ['mysql', 'insert into `mysql` . user values (1)', ['mysql']],
  ['mysql', 'insert into Mysql/**/./**/user select a.b from x.y.z', ['mysql', 'a', 'x']],
  ['mysql', 'select \'mysql.user\', "mysql" -- mysql.user', []],
  ['mysql', 'insert into "mysql".user values (1.5)', ['mysql']],
  ['postgresql', 'select 1.5, a.b', ['a']],
])('what stands before a dot, on %s: %s', (family, sql, expected) => {
  expect(readStatements(sql, family)[0]?.qualifiers).toEqual(expected);
});

it.each<[SqlFamily, string, boolean]>([
  ['sqlite', 'vacuum', false],
  ['sqlite', "vacuum/**/main/**/into 'x'", true],
  ['mysql', "select 1 into outfile 'x'", true],
  ['mysql', "select 'into outfile'", false],
  ['mysql', 'insert into outfiles values (1)', false],
  ['postgresql', "copy post to '/tmp/x'", true],
  ['postgresql', "copy (select 1) to program 'true'", true],
  ['postgresql', 'copy post to stdout', false],
])('whether a file is written, on %s: %s', (family, sql, expected) => {
  expect(readStatements(sql, family)[0]?.writesFile).toBe(expected);
});

it('the text of a statement is without what surrounds it', () => {
  const texts = readStatements("-- a\nselect ';' /* b */ ;; \n delete from post -- c", 'sqlite');
  expect(texts.map(({ text }) => text)).toEqual(["select ';'", 'delete from post']);
});

it.each<[SqlFamily, string, string]>([
  [
    'sqlite',
    'select `a`.`b` from "c" where d = \'it\'\'s "x" `y`\'',
    "select a.b from c where d = 'it''s \"x\" `y`'",
  ],
  [
    'postgresql',
    'select `a`.`b` from "c" where d = E\'it\\\'s "x"\'',
    "select a.b from c where d = E'it\\'s \"x\"'",
  ],
  ['mysql', 'select `a`.`b` from "c"', 'select a.b from c'],
  ['sqlite', 'select "a', 'select a'],
  ['sqlite', '\n  select a,\n\t b -- c\n  from d\n', 'select a, b -- c from d'],
  ['sqlite', "select 'a  b\n c' /* d\n e */", String.raw`select 'a  b\n c' /* d e */`],
])('quotes are taken off names, and it is on one line, on %s: %s', (family, sql, expected) => {
  expect(withoutNameQuotes(sql, family)).toBe(expected);
});

it.each([
  ['select ( a ) , b from c where d = 1 ;', 'select(a),b from c where d=1;'],
  ["values ( ' ( , ) ' , <int> )", "values(' ( , ) ',<int>)"],
  ['a - -1', 'a - -1'],
])('spaces that no reader needs: %s', (sql, expected) => {
  expect(withoutOptionalSpaces(sql, 'sqlite')).toBe(expected);
});
