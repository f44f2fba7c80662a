import {
  type EntityMetadata,
  type EntityProperty,
  QueryHelper,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { isEntity } from './entity-state.ts';
import { replaceMethod } from './replace-method.ts';
import { isPlain, propertyAt, type WhereOptions } from './unnamed-targets.ts';

type Process = (options: WhereOptions) => unknown;

let isDone = false;

/**
 * Has conditions on relations be on their columns. MikroORM compares the key of an object where a `targetKey` names another
 * field, and a key of several parts with one NULL, which SQLite refuses.
 */
export function compareColumns(): void {
  if (isDone) return;
  isDone = true;
  replaceMethod<Process>(
    QueryHelper,
    'processWhere',
    process => options =>
      // Those inside of others come here again, with keys in the place of objects.
      process(
        options.root === false ? options : { ...options, where: inGroup(options, options.where) as never },
      ),
  );
}

/** The same conditions where there is nothing to be changed in them. */
function inGroup(options: WhereOptions, where: unknown): unknown {
  if (Array.isArray(where)) return eachOf(where, one => inGroup(options, one));
  if (!isPlain(where)) return where;
  const changed: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(where)) {
    const { meta, prop } = propertyAt(path, options);
    let read = value;
    if (path.startsWith('$')) read = inGroup(options, value);
    else if (meta !== undefined && isToOne(prop)) read = onRelation(options, meta, prop, value);
    else if (prop?.targetMeta !== undefined) read = inGroup(of(options, prop.targetMeta), value);
    if (read !== value) changed[path] = read;
  }
  return Object.keys(changed).length === 0 ? where : { ...where, ...changed };
}

function onRelation(
  options: WhereOptions,
  meta: EntityMetadata,
  prop: EntityProperty,
  value: unknown,
): unknown {
  const target = prop.targetMeta as EntityMetadata;
  if (target.compositePK && isNullAlone(value)) return { [emptyPart(meta, prop)]: value };
  const read = prop.targetKey === undefined ? value : inColumn(prop.targetKey, value);
  return isPlain(read) ? inGroup(of(options, target), read) : read;
}

/** What the column is compared with, of objects and in lists and operators. */
function inColumn(targetKey: string, value: unknown): unknown {
  const target: unknown = Reference.unwrapReference(value as object);
  if (isEntity(target)) return Reflect.get(target, targetKey);
  if (Array.isArray(value)) return eachOf(value, one => inColumn(targetKey, one));
  if (!isPlain(value) || !Object.keys(value).every(key => COMPARING.has(key))) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inColumn(targetKey, one)]));
}

const COMPARING: ReadonlySet<string> = new Set(['$eq', '$ne', '$in', '$nin']);

function isNullAlone(value: unknown): boolean {
  if (!isPlain(value)) return value === null;
  const [operator = '', ...others] = Object.keys(value);
  return (operator === '$eq' || operator === '$ne') && value[operator] === null && others.length === 0;
}

/** A part of the key that is null where the relation refers to nothing: another property may fill a column of it. */
function emptyPart({ props }: EntityMetadata, prop: EntityProperty): string {
  const { primaryKeys, properties } = prop.targetMeta as EntityMetadata;
  const [first = ''] = primaryKeys;
  if (!prop.owner && prop.kind === ReferenceKind.ONE_TO_ONE) return first;
  const others = new Set(props.filter(one => one !== prop).flatMap(one => one.fieldNames ?? []));
  let at = 0;
  for (const name of primaryKeys) {
    const start = at;
    at += (properties[name as never] as EntityProperty).fieldNames.length;
    if (!prop.joinColumns.slice(start, at).some(column => others.has(column))) return name;
  }
  return first;
}

function isToOne(prop: EntityProperty | undefined): prop is EntityProperty {
  const isOne = prop?.kind === ReferenceKind.MANY_TO_ONE || prop?.kind === ReferenceKind.ONE_TO_ONE;
  return isOne && prop?.targetMeta !== undefined && prop.polymorphic !== true;
}

function of(options: WhereOptions, { class: entityName }: EntityMetadata): WhereOptions {
  return { ...options, entityName };
}

/** The same list where no item changes. */
function eachOf(items: readonly unknown[], read: (item: unknown) => unknown): unknown {
  const all = items.map(read);
  return all.some((item, i) => item !== items[i]) ? all : items;
}
