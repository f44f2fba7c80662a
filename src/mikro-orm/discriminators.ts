import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { hasRow, isEntity, metaOf, nameOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Write = (type: unknown, data?: unknown, options?: Options) => Promise<unknown>;

interface Options {
  readonly onConflictMergeFields?: readonly string[];
  readonly onConflictExcludeFields?: readonly string[];
}

/** Writes of which class a row is where classes share a table, which MikroORM does for entities alone. */
export function writeDiscriminators(em: SqlEm): void {
  for (const name of ['insert', 'insertMany', 'upsert', 'upsertMany'])
    replaceMethod<Write>(em, name, write => (type, data, options) => {
      const meta = data === undefined ? undefined : em.getMetadata().find(type as EntityClass<object>);
      const column = meta?.root.discriminatorColumn;
      if (column === undefined || meta?.discriminatorValue === undefined) return write(type, data, options);
      const given = meta.discriminatorValue;
      const complete = (row: object): object =>
        isEntity(row) || column in row ? row : Object.assign({ [column]: given }, row);
      const rows = Array.isArray(data) ? (data as object[]).map(complete) : complete(data as object);
      return write(type, rows, name.startsWith('upsert') ? keepingClass(column, options) : options);
    });
}

/** A row that is there stays of its class. */
function keepingClass(column: string, options: Options = {}): Options {
  if (options.onConflictMergeFields !== undefined) return options;
  return { ...options, onConflictExcludeFields: [...(options.onConflictExcludeFields ?? []), column] };
}

/**
 * @throws MikroscopeError `BadArgument` for a value that would make the row of an entity one of another class: MikroORM writes
 * nothing of it where there is a row, and a new row becomes what the object is not
 */
export function assertOfOwnClass(entity: object, value: unknown): void {
  const { className, discriminatorValue: own, root } = metaOf(entity);
  // Also a number names a class.
  const given = typeof value === 'number' ? String(value) : value;
  if (own === undefined || (given == null ? !hasRow(entity) : given === String(own))) return;
  const field = `${className}.${root.discriminatorColumn}`;
  const name = hasRow(entity) ? nameOf(entity) : `this ${className}`;
  throw new MikroscopeError(
    'BadArgument',
    `${field} says of which class ${name} is, and cannot be anything but '${own}'`,
    hasRow(entity)
      ? 'remove() it, commit() and add() one of the other class.'
      : 'Make one of the other class.',
  );
}

/** Whether what was read into an entity may be its row, and not that of another class of its table, as after `em.getReference()`. */
export function isOfOwnClass(entity: object): boolean {
  const { class: type, root } = metaOf(entity);
  const column = root.discriminatorColumn;
  const value: unknown = column === undefined ? undefined : Reflect.get(entity, column);
  if (typeof value !== 'string' && typeof value !== 'number') return true;
  const read = root.discriminatorMap?.[value];
  return read === undefined || isOrExtends(read, type);
}

/**
 * @throws MikroscopeError `BadArgument` of data for a new object that name another class than it, or one that extends it:
 * MikroORM would make one of that
 */
export function assertNamesOwnClass(meta: EntityMetadata, data: object): void {
  const column = meta.root.discriminatorColumn;
  const value: unknown = column === undefined ? undefined : Reflect.get(data, column);
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const named = meta.root.discriminatorMap?.[value];
  if (named !== undefined && isOrExtends(named, meta.class)) return;
  throw new MikroscopeError(
    'BadArgument',
    `${meta.className}.${column} says of which class this ${meta.className} is, and cannot be '${value}'`,
    'Make one of the other class.',
  );
}

function isOrExtends(one: unknown, type: unknown): boolean {
  if (one === type) return true;
  return typeof one === 'function' && typeof type === 'function' && one.prototype instanceof type;
}
