import { type EntityMetadata, type EntityProperty, isRaw, ReferenceKind } from '@mikro-orm/core';
import { assertLength } from '../entity/values/length.ts';
import { assertProperty, isPlainObject, resolve } from '../entity/properties.ts';
import { nameOfProperty, type Values } from '../entity/values/values.ts';
import { MikroscopeError } from '../errors.ts';
import { refusedAssignment } from '../mikro-orm/computed-fields.ts';
import { nameClass, partsOfOthers } from '../mikro-orm/embedded-class.ts';
import { isOfSubclass, namesIn } from '../mikro-orm/subclass-fields.ts';

/**
 * The new values of `update()`, checked and converted by the types of their properties.
 *
 * @throws MikroscopeError `BadArgument` unless these are fields that a row has, with their new values; `UnknownProperty`,
 * `InvalidValue`, `ValueTooLong`
 */
export function readNewValues(values: Values, meta: EntityMetadata, given: unknown): object {
  if (!isPlainObject(given) || Reflect.ownKeys(given).length === 0) {
    throw new MikroscopeError(
      'BadArgument',
      `update() takes an object of fields of ${meta.className} and their new values`,
      `Write update({ ${Object.keys(meta.properties)[1] ?? 'name'}: … }).`,
    );
  }
  const read: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(given)) {
    const prop = resolve(meta, path);
    const [first = ''] = path.split('.');
    const outer = resolve(meta, first);
    // A query may ask for it; but what is in the row of another class nobody reads.
    if (isOfSubclass(meta, outer)) assertProperty(meta.className, first, namesIn(meta));
    if (path !== first && outer.kind !== ReferenceKind.EMBEDDED) throw elsewhere(meta, path, outer);
    const refused = refusedAssignment(meta, path);
    if (refused !== undefined) throw refused;
    if (!hasColumn(prop)) throw elsewhere(meta, path, prop);
    if (path === first && value === null && isInlined(prop)) Object.assign(read, emptied(prop));
    else if (path === first)
      Object.assign(read, { [path]: readOne(values, meta, prop, value) }, emptiedIn(prop, value));
    else Object.assign(read, inlined(values, meta, path, value));
  }
  return read;
}

/** Whether an embedded object has columns, and not one in which it is JSON. */
function isInlined({ kind, object, array }: EntityProperty): boolean {
  return kind === ReferenceKind.EMBEDDED && object !== true && array !== true;
}

/** No embedded object: none of its columns has a value. */
function emptied({ embeddedProps }: EntityProperty): object {
  return Object.assign(
    {},
    ...Object.values(embeddedProps).map(prop => (isInlined(prop) ? emptied(prop) : { [prop.name]: null })),
  ) as object;
}

/**
 * Does so for those in an embedded object that are given as null, and for what only another class has: MikroORM would leave
 * their columns as they are.
 */
function emptiedIn(prop: EntityProperty, value: unknown): object {
  if (!isInlined(prop) || typeof value !== 'object' || value === null) return {};
  const parts = Object.entries(prop.embeddedProps).map(([name, inner]) => {
    const part: unknown = Reflect.get(value, name);
    return part === null && isInlined(inner) ? emptied(inner) : emptiedIn(inner, part);
  });
  for (const name of partsOfOthers(prop, value)) {
    const other = prop.embeddedProps[name] as EntityProperty;
    parts.push(isInlined(other) ? emptied(other) : { [other.name]: null });
  }
  return Object.assign({}, ...parts) as object;
}

/** A field of an embedded object has a column of its own, under a property of its own. */
function inlined(values: Values, meta: EntityMetadata, path: string, value: unknown): object {
  const [first = '', ...rest] = path.split('.');
  let prop = resolve(meta, first);
  for (const name of rest) prop = prop.embeddedProps[name] as EntityProperty;
  if (prop.object === true || prop.persist === false) throw elsewhere(meta, path, prop);
  if (value === null && isInlined(prop)) return emptied(prop);
  return { [prop.name]: readOne(values, meta, prop, value), ...emptiedIn(prop, value) };
}

function readOne(values: Values, meta: EntityMetadata, prop: EntityProperty, value: unknown): unknown {
  const name = nameOfProperty(meta, prop.name);
  if (value === undefined) {
    throw new MikroscopeError(
      'InvalidValue',
      `The new value of ${name} is undefined`,
      'null takes the value away.',
    );
  }
  if (value === null || isRaw(value)) return value;
  if (prop.kind === ReferenceKind.EMBEDDED && prop.targetMeta !== undefined)
    for (const each of [value].flat()) {
      assertFieldsOf(prop.targetMeta, each);
      if (typeof each === 'object' && each !== null) nameClass(prop, each);
    }
  const isReference = prop.targetMeta !== undefined && prop.kind !== ReferenceKind.EMBEDDED;
  const read = isReference ? values.readColumn(prop, value, name) : values.readField(prop, value, name);
  assertLength(meta, prop, read);
  return read;
}

/** An object of another class may have more; what is written by hand is not to be lost. */
function assertFieldsOf(meta: EntityMetadata, value: unknown): void {
  if (isPlainObject(value)) for (const name of Object.keys(value)) resolve(meta, name);
}

function hasColumn(prop: EntityProperty): boolean {
  switch (prop.kind) {
    case ReferenceKind.ONE_TO_MANY:
    case ReferenceKind.MANY_TO_MANY:
      return false;
    case ReferenceKind.ONE_TO_ONE:
      return prop.owner;
    default:
      return true;
  }
}

function elsewhere(
  meta: EntityMetadata,
  path: string,
  { kind, targetMeta }: EntityProperty,
): MikroscopeError {
  const isRelation = kind !== ReferenceKind.EMBEDDED && targetMeta !== undefined;
  return new MikroscopeError(
    'BadArgument',
    `update() cannot set ${meta.className}.${path}: no column of ${meta.className} holds it`,
    isRelation ? `Update ${targetMeta.className} instead.` : '',
  );
}
