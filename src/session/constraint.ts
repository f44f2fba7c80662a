import { type DriverException, helper } from '@mikro-orm/core';
import type { SqlEm } from '../database/orm.ts';
import type { ErrorCode } from '../errors.ts';
import { brokenReference } from './foreign-key.ts';
import type { Journal } from './journal.ts';

interface Violation {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Finds the entity, the field and the value that the database refused. */
export async function constraintError(
  em: SqlEm,
  error: DriverException,
  journal: Journal,
): Promise<Violation> {
  const text = error.message;
  const unique = /UNIQUE constraint failed: ([^\n]+)/.exec(text);
  if (unique !== null) {
    const columns = (unique[1] ?? '').split(', ');
    const table = columns[0]?.split('.')[0] ?? '';
    return taken(
      em,
      journal,
      table,
      columns.map(column => column.split('.').at(-1) ?? ''),
    );
  }
  const table: unknown = Reflect.get(error, 'table');
  const key = /Key \(([^)]+)\)=\((.*)\) already exists/.exec(text);
  if (key !== null && typeof table === 'string') {
    return taken(
      em,
      journal,
      table,
      (key[1] ?? '').split(', ').map(name => name.replaceAll('"', '')),
      key[2],
    );
  }
  const sqliteEmpty = /NOT NULL constraint failed: ([^.\s]+)\.(\S+)/.exec(text);
  if (sqliteEmpty !== null) return missing(em, sqliteEmpty[1] ?? '', sqliteEmpty[2] ?? '');
  const empty = /null value in column "([^"]+)" of relation "([^"]+)"/.exec(text);
  if (empty !== null) return missing(em, empty[2] ?? '', empty[1] ?? '');
  return foreignKey(em, journal);
}

async function taken(
  em: SqlEm,
  journal: Journal,
  table: string,
  columns: string[],
  value?: string,
): Promise<Violation> {
  const fields = columns.map(column => propertyOf(em, table, column));
  const name = `${entityOf(em, table)}.${fields.join(' + ')}`;
  const field = fields[0] ?? '';
  const shown = value ?? (fields.length === 1 ? await culprit(em, journal, table, field) : undefined);
  return {
    code: 'UniqueViolation',
    message: shown === undefined ? `${name} is taken already` : `${name} '${shown}' is taken already`,
  };
}

/** SQLite does not say which value it was: one that two of the written share, or else one that has a row. */
async function culprit(
  em: SqlEm,
  journal: Journal,
  table: string,
  field: string,
): Promise<string | undefined> {
  const entities: object[] = [];
  for (const [entity, change] of journal.written()) {
    if (change !== 'removed' && helper(entity).__meta.tableName === table) entities.push(entity);
  }
  const values = entities.map(entity => Reflect.get(entity, field) as unknown);
  const twice = values.find((value, i) => value != null && values.indexOf(value) !== i);
  if (twice !== undefined) return String(twice);
  if (values.length === 1) return String(values[0]);
  const first = entities[0];
  if (first === undefined) return undefined;
  const rows = await em
    .fork({ keepTransactionContext: true })
    .find(helper(first).__meta.class, { [field]: { $in: values.filter(value => value != null) } } as object, {
      limit: 1,
      flushMode: 'commit',
    });
  return rows[0] === undefined ? undefined : String(Reflect.get(rows[0], field));
}

async function foreignKey(em: SqlEm, journal: Journal): Promise<Violation> {
  const message = await brokenReference(em, journal);
  return {
    code: 'ForeignKeyViolation',
    message: message ?? 'A row is missing that something staged refers to',
  };
}

function missing(em: SqlEm, table: string, column: string): Violation {
  const field = `${entityOf(em, table)}.${propertyOf(em, table, column)}`;
  return { code: 'MissingValue', message: `${field} has no value, and it needs one` };
}

function entityOf(em: SqlEm, table: string): string {
  return metaOf(em, table)?.className ?? table;
}

function propertyOf(em: SqlEm, table: string, column: string): string {
  const props = metaOf(em, table)?.props ?? [];
  return props.find(prop => prop.persist !== false && prop.fieldNames?.includes(column))?.name ?? column;
}

function metaOf(em: SqlEm, table: string) {
  for (const meta of em.getMetadata().getAll().values()) if (meta.tableName === table) return meta;
  return undefined;
}
