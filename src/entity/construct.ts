import {
  Collection,
  type EntityClass,
  type EntityMetadata,
  type EntityProperty,
  ReferenceKind,
  ScalarReference,
} from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { namesIn } from '../mikro-orm/subclass-fields.ts';
import { assertProperty } from './properties.ts';
import { nameOfProperty, type Values } from './values/values.ts';

const made = new WeakMap<object, object>();

/**
 * Lets a class whose constructor takes nothing, such as those that MikroORM makes, take its fields:
 * `new User({ username: 'Corey' })`. JavaScript would ignore them silently. They are checked as values that are assigned are.
 *
 * @returns the class itself if its constructor has parameters
 */
export function takingFields(
  em: SqlEm,
  values: Values,
  type: EntityClass<object>,
  meta: EntityMetadata,
): object {
  if ((meta.constructorParams?.length ?? 0) > 0 || type.length > 0) return type;
  let proxy = made.get(type);
  if (!proxy) {
    proxy = new Proxy(type, {
      construct(target, args: readonly unknown[], newTarget) {
        const [fields] = args;
        // The constructor of a subclass decides for itself.
        if (newTarget !== proxy) return Reflect.construct(target, args, newTarget) as object;
        if (args.length > 1 || (args.length === 1 && !isPlain(fields)))
          return Reflect.construct(target, args, target) as object;
        const entity = Reflect.construct(target, [], target) as object;
        addCollections(entity, meta);
        if (!isPlain(fields)) return entity;
        for (const name of Object.keys(fields)) assertProperty(meta.className, name, namesIn(meta));
        for (const [name, value] of Object.entries(fields)) {
          const prop = Reflect.get(meta.properties, name);
          if (prop.kind === ReferenceKind.SCALAR || meta.embeddable)
            Reflect.set(entity, name, readField(values, meta, prop, value));
          else em.assign(entity, { [name]: value } as never);
        }
        return entity;
      },
    });
    made.set(type, proxy);
  }
  return proxy;
}

function readField(values: Values, meta: EntityMetadata, prop: EntityProperty, value: unknown): unknown {
  if (value == null || value instanceof ScalarReference) return value;
  const read = values.readField(prop, value, nameOfProperty(meta, prop.name));
  return prop.ref === true && prop.kind === ReferenceKind.SCALAR ? new ScalarReference(read, true) : read;
}

/** An entity of a class that MikroORM makes has no collections before a flush. */
function addCollections(entity: object, meta: EntityMetadata): void {
  for (const { name, kind } of meta.relations) {
    const isList = kind === ReferenceKind.ONE_TO_MANY || kind === ReferenceKind.MANY_TO_MANY;
    if (isList && Reflect.get(entity, name) === undefined)
      Collection.create(entity, name as never, undefined, true);
  }
}

function isPlain(value: unknown): value is object {
  const prototype: unknown =
    typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === Object.prototype || prototype === null;
}
