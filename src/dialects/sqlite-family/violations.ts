import type { DriverException } from '@mikro-orm/core';
import { violationReader } from '../violation.ts';

/** SQLite names tables and columns, and no values; of a check without a name it says the condition. */
export const violationOf = violationReader({
  unique({ message }: DriverException) {
    const [, failed] = /UNIQUE constraint failed: (?!index )([^\n]+)/.exec(message) ?? [];
    const columns = failed?.split(', ').map(name => name.split('.')) ?? [];
    return { kind: 'unique', table: columns[0]?.[0] ?? '', columns: columns.map(name => name.at(-1) ?? '') };
  },
  notNull({ message }) {
    const [, table = '', column = ''] = /NOT NULL constraint failed: ([^.\s]+)\.(\S+)/.exec(message) ?? [];
    return { table, column };
  },
  check: /CHECK constraint failed: ([^\n]+)/,
  table: () => '',
});
