import { type EntityMetadata, type EntityProperty, Reference } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { nearest } from './nearest.ts';

/**
 * @throws MikroscopeError `UnknownProperty` for a name that the entity does not have; says which one was probably meant
 */
export function assertProperty(entity: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const near = nearest(name, known);
  throw new MikroscopeError(
    'UnknownProperty',
    `${entity} has no property '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    `${entity} has ${known.join(', ')}.`,
  );
}

/** @throws MikroscopeError `BadArgument` for anything but an object of fields */
export function assertFields(entity: string, fields: unknown, [, some = 'name']: readonly string[]): void {
  if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return;
  throw new MikroscopeError(
    'BadArgument',
    `${entity} takes an object of its fields, and got ${inspect(fields)}`,
    `Write new ${entity}({ ${some}: … }).`,
  );
}

/** Sets the given fields on a new entity; one that the entity does not have is an error. */
export function assignFields(entity: object, values: object, known: readonly string[]): void {
  for (const name of Object.keys(values)) {
    assertProperty(entity.constructor.name, name, known);
    const value: unknown = Reflect.get(values, name);
    if (value !== undefined) Reflect.set(entity, name, value);
  }
}

/** The name as people write it: `home.street` for a field of an embedded object. */
export function pathOf(meta: EntityMetadata, name: string): string {
  const prop = Object.hasOwn(meta.properties, name) ? Reflect.get(meta.properties, name) : undefined;
  const [outer, inner] = prop?.embedded ?? [];
  return outer === undefined || inner === undefined ? name : `${pathOf(meta, outer)}.${inner}`;
}

/**
 * The property at a name such as `username` or `author.username`; of a path that goes on into a value, the one that holds
 * it.
 *
 * @throws MikroscopeError `UnknownProperty`; `BadArgument` for what is no text
 */
export function resolve(meta: EntityMetadata, path: unknown): EntityProperty {
  if (typeof path !== 'string')
    throw new MikroscopeError(
      'BadArgument',
      `A property of ${meta.className} is named by a text, and not by ${inspect(path, { depth: 0, breakLength: Infinity })}`,
      'Write the names one after another, as in populate("author", "posts.comments").',
    );
  let current: EntityMetadata | undefined = meta;
  let prop: EntityProperty | undefined;
  for (const name of path.split('.')) {
    if (current === undefined) break;
    const properties = current.properties as Record<string, EntityProperty>;
    if (!Object.hasOwn(properties, name)) {
      // MikroORM lists the fields of embedded objects a second time.
      const known = current.props.filter(({ embedded }) => embedded === undefined);
      assertProperty(
        current.className,
        name,
        known.map(one => one.name),
      );
    }
    prop = properties[name];
    current = prop?.targetMeta;
  }
  return prop as EntityProperty;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object typed at the prompt has the Object of another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The value at a path such as `home.street`; what a `Ref` leads to. */
export function valueAt(entity: object, path: string): unknown {
  let value: unknown = entity;
  for (const name of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return Reference.unwrapReference(value as object);
}
