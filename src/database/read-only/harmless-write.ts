import { randomUUID } from 'node:crypto';
import { familyOf } from '../../sql/token.ts';

const nothing = `mikroscope_${randomUUID().replaceAll('-', '')}`;

/** By the family of the database. */
const HARMLESS_WRITES: Readonly<Record<string, string>> = {
  sqlite: `create table ${nothing} (id int)`,
  // Only a superuser may write there, and the others are told so only where writing is allowed at all.
  postgresql: 'with gone as (delete from pg_catalog.pg_class where false returning 1) select 1 from gone',
  mysql: `drop table if exists ${nothing}`,
};

/**
 * A write that a read-only connection refuses because it is one, before it looks at what would be written and whether
 * the user may, and that does nothing should it not be refused. On SQLite only in a transaction that is rolled back.
 */
export function harmlessWrite(dialect: string): string {
  return HARMLESS_WRITES[lastsByItself(dialect) ? 'sqlite' : familyOf(dialect)] ?? '';
}

/** Whether the write does something outside of a transaction. */
export function lastsByItself(dialect: string): boolean {
  return dialect === 'sqlite' || dialect === 'libsql';
}
