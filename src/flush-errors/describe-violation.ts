import { type EntityMetadata, ReferenceKind } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { tablesOf } from '../mikro-orm/class-tables.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import type { ConstraintViolation } from '../dialects/violation.ts';
import { pathOf, valueAt } from '../entity/properties.ts';
import type { ErrorCode } from '../errors.ts';
import { brokenReference } from './broken-reference.ts';
import { isExchanged } from './exchanged-values.ts';
import { heldRow } from './held-rows.ts';
import type { AttemptedWrite, AttemptedWrites } from './attempted-writes.ts';
import { takenValue } from './taken-value.ts';

interface Description {
  readonly code: ErrorCode;
  readonly message: string;
  /** What to do; by default, what is to be done of any. */
  readonly hint?: string;
}

/** Databases look at each row by itself. */
const EXCHANGED =
  'Objects exchange it: give one of them another value, flush(), and then the value of the other. Everything is still staged.';

/** What no object and no row is known to be the cause of. */
const BROKEN = 'A row would refer to one that is not in the database';

/** Names the entity, the field and the value that the database refused. */
export async function describeViolation(
  em: SqlEm,
  violation: ConstraintViolation,
  writes: AttemptedWrites,
): Promise<Description> {
  switch (violation.kind) {
    case 'unique':
      return unique(em, violation, writes);
    case 'notNull': {
      const field = fieldOf(em, violation.table, violation.column);
      return { code: 'MissingValue', message: `${field} has no value, and it needs one` };
    }
    case 'check':
      return brokenCheck(em, violation, writes);
    case 'invalidValue':
      return invalidValue(em, violation, writes);
    case 'foreignKey': {
      const { rows } = writes;
      const message = (await brokenReference(em, writes)) ?? (rows && (await heldRow(em, rows)));
      return { code: 'ForeignKeyViolation', message: message ?? BROKEN };
    }
  }
}

async function unique(
  em: SqlEm,
  { table, columns, value }: ConstraintViolation & { kind: 'unique' },
  writes: AttemptedWrites,
): Promise<Description> {
  const code = 'UniqueViolation';
  if (columns.length === 0) return { code, message: 'A value is taken already' };
  // A reference may have several columns.
  const fields = [...new Set(columns.map(column => propertyOf(em, table, column)))];
  const name = `${entityOf(em, table)}.${fields.join(' + ')}`;
  const written = changesOf(writes, table);
  const shown = value ?? (await takenValue(em, written, table, fields));
  return {
    ...(isExchanged(written, fields) && { hint: EXCHANGED }),
    code,
    message: shown === undefined ? `${name} is taken already` : `${name} '${shown}' is taken already`,
  };
}

/** The database named the column, or the value, which is then looked for in the fields that were to be written. */
function invalidValue(
  em: SqlEm,
  violation: ConstraintViolation & { kind: 'invalidValue' },
  writes: AttemptedWrites,
): Description {
  const code = 'InvalidValue';
  if (!('column' in violation)) {
    const isIt = (value: unknown) =>
      'value' in violation ? String(value) === violation.value : isBeyond(value, violation.beyond);
    const [field, value] = holder(writes, isIt) ?? [
      'A column',
      'value' in violation ? violation.value : 'a number',
    ];
    return { code, message: `${field} cannot hold ${inspect(value)}` };
  }
  const field = fieldOf(em, violation.table, violation.column);
  const value = onlyValue(em, writes, violation.table, violation.column);
  return { code, message: `${field} cannot hold ${value ?? 'one of the values'}` };
}

function isBeyond(value: unknown, limit: bigint): boolean {
  return (typeof value === 'number' || typeof value === 'bigint') && (value >= limit || value < -limit);
}

/** The first field that was to be written with such a value. */
function holder(
  writes: AttemptedWrites,
  isIt: (value: unknown) => boolean,
): [field: string, value: unknown] | undefined {
  for (const [entity, change] of writes.written()) {
    const meta = metaOf(entity);
    if (change === 'removed') continue;
    for (const { name, persist, kind } of meta.props) {
      const path = pathOf(meta, name);
      const value = valueAt(entity, path);
      if (persist !== false && kind === ReferenceKind.SCALAR && isIt(value))
        return [`${meta.className}.${path}`, value];
    }
  }
  return undefined;
}

/** A check is known by its name, or by its condition, which SQLite may say instead. */
function brokenCheck(
  em: SqlEm,
  violation: ConstraintViolation & { kind: 'check' },
  writes: AttemptedWrites,
): Description {
  const known = metasOf(em, violation.table)
    .flatMap(meta => meta.checks.map(one => ({ ...one, table: meta.tableName })))
    .find(({ name, expression }) => violation.check === name || violation.check === expression);
  const table = violation.table || (known?.table ?? tableWritten(writes));
  const column = known?.property === undefined ? columnIn(em, table, violation.check) : undefined;
  const property = known?.property ?? (column === undefined ? undefined : propertyOf(em, table, column));
  const condition = typeof known?.expression === 'string' ? known.expression : violation.check;
  const entity = entityOf(em, table) || 'A row';
  const code = 'CheckViolation';
  if (property === undefined) return { code, message: `${entity} breaks its check ${condition}` };
  const value = onlyValue(em, writes, table, property);
  return {
    code,
    message: `${entity}.${property} ${value === undefined ? '' : `${value} `}breaks its check ${condition}`,
  };
}

/** MikroORM names the check of an enum `table_column_check`; a condition begins with the column. */
function columnIn(em: SqlEm, table: string, check: string): string | undefined {
  const columns = metasOf(em, table).flatMap(meta => meta.props.flatMap(prop => prop.fieldNames ?? []));
  const [, first = ''] = /^[`"(]*([\w$]+)/.exec(check) ?? [];
  return columns.find(column => check === `${table}_${column}_check` || first === column);
}

/** The value, if only one entity was to be written. */
function onlyValue(em: SqlEm, writes: AttemptedWrites, table: string, column: string): string | undefined {
  const [entity, ...others] = writtenTo(writes, table);
  if (entity === undefined || others.length > 0) return undefined;
  const value: unknown = valueAt(entity, propertyOf(em, table, column));
  return value == null ? undefined : inspect(value);
}

function writtenTo(writes: AttemptedWrites, table: string): object[] {
  return changesOf(writes, table).map(([entity]) => entity);
}

function changesOf(writes: AttemptedWrites, table: string): AttemptedWrite[] {
  return [...writes.written()].filter(
    ([entity, change]) =>
      change !== 'removed' && tablesOf(metaOf(entity)).some(({ tableName }) => tableName === table),
  );
}

/** The table of everything that was to be written, if it is only one. */
function tableWritten(writes: AttemptedWrites): string {
  const tables = new Set([...writes.written()].map(([entity]) => metaOf(entity).tableName));
  return tables.size === 1 ? ([...tables][0] ?? '') : '';
}

function fieldOf(em: SqlEm, table: string, column: string): string {
  return [entityOf(em, table), propertyOf(em, table, column)].filter(name => name !== '').join('.');
}

function entityOf(em: SqlEm, table: string): string {
  return metasOf(em, table)[0]?.className ?? table;
}

function propertyOf(em: SqlEm, table: string, column: string): string {
  for (const meta of metasOf(em, table)) {
    const found = meta.props.find(prop => prop.persist !== false && prop.fieldNames?.includes(column));
    if (found !== undefined) return pathOf(meta, found.name);
  }
  return column;
}

/** Several if subclasses share the table; all if the table is not known. */
function metasOf(em: SqlEm, table: string): EntityMetadata[] {
  const all = [...em.getMetadata().getAll().values()];
  return table === '' ? all : all.filter(meta => meta.tableName === table);
}
