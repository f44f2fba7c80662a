import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readStatements } from '../../../src/sql/statement.ts';
import type { SqlFamily } from '../../../src/sql/token.ts';
import { tokenize } from '../../../src/sql/tokens.ts';
import { REPEATED } from './repeated.ts';
import { STATEMENTS } from './statements.ts';

const families: readonly SqlFamily[] = ['sqlite', 'postgresql', 'mysql'];
const known = Object.values(STATEMENTS).flatMap(rows => rows.map(([sql]) => sql));

const fragment = fc.constantFrom(
  ..."' '' \" \"\" ` [ ] ( ) ; , . : :: @ # $ $$ $a$ ? $1 \\ -- /* */ /*! /*M! E' U&\" U&' 1 0x 1e5 \n \r \0 \uFEFF \u00E9".split(
    ' ',
  ),
  ...'with as select from where delete update set insert into drop table begin end case do for key merge then'.split(
    ' ',
  ),
  ' ',
);
const pieces = fc.array(fragment, { maxLength: 40 }).map(parts => parts.join(''));
const mutated = fc
  .tuple(fc.constantFrom(...known), fc.nat(), fc.nat(3), pieces)
  .map(([sql, at, length, insert]) => {
    const from = sql.length === 0 ? 0 : at % sql.length;
    return sql.slice(0, from) + insert + sql.slice(from + length);
  });
const anySql = fc.oneof(fc.string({ unit: 'binary' }), pieces, mutated);
const anyFamily = fc.constantFrom(...families);

describe('any text', () => {
  it('is split into tokens that join back to it', () => {
    fc.assert(
      fc.property(anySql, anyFamily, (sql, family) => {
        const tokens = tokenize(sql, family);
        expect(tokens.map(({ start, end }) => sql.slice(start, end)).join('')).toBe(sql);
        expect(tokens.every(({ start, end }) => end > start)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('is read without an error', () => {
    fc.assert(
      fc.property(anySql, anyFamily, (sql, family) => {
        for (const { text } of readStatements(sql, family)) expect(sql).toContain(text);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(REPEATED)('is read however often it repeats: %j', part => {
    const sql = part.repeat(Math.ceil(40_000 / part.length));
    for (const family of families) {
      expect(tokenize(sql, family).at(-1)?.end).toBe(sql.length);
      for (const { text } of readStatements(sql, family)) expect(sql.includes(text)).toBe(true);
    }
  });
});

describe('what stands in a string, a name or a comment', () => {
  const loud = 'where delete from post drop table post into x commit setval(1) ; with begin';
  const quotings: Readonly<Record<SqlFamily, readonly string[]>> = {
    sqlite: [`'${loud}'`, `"${loud}"`, `[${loud}]`, `\`${loud}\``],
    postgresql: [`'${loud}'`, `"${loud}"`, `$$${loud}$$`, `$x$${loud}$$$x$`, `E'\\'${loud}'`, `U&'${loud}'`],
    mysql: [`'${loud}'`, `"${loud}"`, `\`${loud}\``, `'\\'${loud}'`, `"""${loud}"`],
  };
  const comments: Readonly<Record<SqlFamily, readonly string[]>> = {
    sqlite: [`/*${loud}*/`, `--${loud}\n`],
    postgresql: [`/*${loud}*/`, `/* /*${loud}*/ ${loud} */`, `--${loud}\n`, `--${loud}\r`],
    mysql: [`/*${loud}*/`, `-- ${loud}\n`, `#${loud}\n`],
  };

  it.each(families)('changes nothing on %s', family => {
    const statements = [
      ['select X', 'select 1'],
      ['select X from X', 'select 1 from post'],
      ['delete from X', 'delete from post'],
      ['delete from X where a = X', 'delete from post where a = 1'],
      ['update X set a = X', 'update post set a = 1'],
      ['with a as (select X) delete from X', 'with a as (select 1) delete from post'],
      ['insert into X values (X)', 'insert into post values (1)'],
    ] as const;
    const read = (sql: string) =>
      readStatements(sql, family).map(({ kind, writes, everyRow, functions, transaction }) => ({
        kind,
        writes,
        everyRow,
        functions,
        transaction,
      }));
    for (const [template, plain] of statements) {
      for (const quoted of quotings[family])
        expect([template, quoted, read(template.replaceAll('X', () => quoted))]).toEqual([
          template,
          quoted,
          read(plain),
        ]);
      for (const comment of comments[family])
        expect([plain, comment, read(plain.replaceAll(' ', () => comment))]).toEqual([
          plain,
          comment,
          read(plain),
        ]);
    }
  });
});
