import { describe, expect, it } from '@jest/globals';
import { readStatements, type SqlStatement } from '../../../src/sql/statement.ts';
import type { SqlFamily } from '../../../src/sql/token.ts';
import { STATEMENTS } from './statements.ts';

const cases = Object.entries(STATEMENTS).flatMap(([families, rows]) =>
  families.split(' ').flatMap(family => rows.map(([sql, expected]) => ({ family, sql, expected }))),
);

const summary = ({ kind, writes, everyRow, transaction, settings, functions }: SqlStatement): string => {
  const parts: string[] = [kind];
  if (writes !== ['write', 'ddl', 'call', 'unreadable'].includes(kind)) parts.push('writes');
  if (everyRow) parts.push('every row');
  if (transaction) {
    const details = [
      transaction.kind,
      'name' in transaction ? transaction.name : '',
      'chain' in transaction && transaction.chain ? 'and chain' : '',
      'leaves' in transaction ? `leaves ${transaction.leaves}` : '',
      'readOnly' in transaction && transaction.readOnly ? 'read only' : '',
    ];
    parts.push(`(${details.filter(Boolean).join(' ')})`);
  }
  if (settings.length > 0) parts.push(`sets ${settings.join(', ')}`);
  if (functions.length > 0) parts.push(`calls ${functions.join(', ')}`);
  return parts.join(' ');
};

const read = (sql: string, family: SqlFamily) => readStatements(sql, family).map(summary).join(' | ');

describe('readStatements', () => {
  it('is tested by at least two hundred statements', () => {
    expect(new Set(cases.map(({ sql }) => sql)).size).toBeGreaterThan(200);
  });

  it.each(cases)('reads $family: $sql', ({ family, sql, expected }) => {
    expect(read(sql, family as SqlFamily)).toBe(expected);
  });

  it.each([
    ['create index concurrently i on t (a)', true],
    ['drop index concurrently i', true],
    ['reindex table concurrently t', true],
    ['alter table t detach partition p concurrently', true],
    ['vacuum t', true],
    ['call p()', true],
    ['refresh materialized view concurrently v', false],
    ['create index "concurrently" on t (a)', false],
    ['insert into t select 1', false],
  ])('knows whether PostgreSQL commits a part of it before the rest: %s', (sql, expected) => {
    expect(readStatements(sql, 'postgresql').map(({ commitsParts }) => commitsParts)).toEqual([expected]);
  });
});
