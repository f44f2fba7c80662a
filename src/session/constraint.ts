import { type DriverException, helper } from '@mikro-orm/core';
import { inspect } from 'node:util';
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
  const { message } = error;
  const unique = /UNIQUE constraint failed: ([^\n]+)/.exec(message);
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
  const key = /Key \(([^)]+)\)=\((.*)\) already exists/.exec(message);
  if (key !== null && typeof table === 'string') {
    return taken(
      em,
      journal,
      table,
      (key[1] ?? '').split(', ').map(name => name.replaceAll('"', '')),
      key[2],
    );
  }
  const sqliteEmpty = /NOT NULL constraint failed: ([^.\s]+)\.(\S+)/.exec(message);
  if (sqliteEmpty !== null) return missing(em, sqliteEmpty[1] ?? '', sqliteEmpty[2] ?? '');
  const empty = /null value in column "([^"]+)" of relation "([^"]+)"/.exec(message);
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
  const owners = new Map<string, object>();
  for (const entity of entities) {
    const value = text(Reflect.get(entity, field));
    if (value === undefined) continue;
    if (owners.has(value)) return value;
    owners.set(value, entity);
  }
  const first = entities[0];
  if (first === undefined || owners.size === 0) return undefined;
  if (owners.size === 1) return [...owners.keys()][0];
  const values = entities.map(entity => Reflect.get(entity, field) as unknown).filter(value => value != null);
  const fork = em.fork({ keepTransactionContext: true });
  for (const row of await fork.find(helper(first).__meta.class, { [field]: { $in: values } })) {
    const value = text(Reflect.get(row, field)) ?? '';
    const owner = owners.get(value);
    // An entity does not collide with its own row.
    if (
      owner !== undefined &&
      helper(owner).getSerializedPrimaryKey() !== helper(row).getSerializedPrimaryKey()
    )
      return value;
  }
  return undefined;
}

function text(value: unknown): string | undefined {
  if (value == null) return undefined;
  return typeof value === 'string' ? value : inspect(value);
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
