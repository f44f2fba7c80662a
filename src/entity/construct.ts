import { Collection, type EntityClass, type EntityMetadata, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { assertProperty } from './properties.ts';

const made = new WeakMap<object, object>();

/**
 * Lets a class whose constructor takes nothing, such as those that MikroORM makes, take its fields:
 * `new User({ username: 'Corey' })`. JavaScript would ignore them silently.
 *
 * @returns the class itself if its constructor has parameters
 */
export function takingFields(em: SqlEm, type: EntityClass<object>, meta: EntityMetadata): object {
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
        const known = meta.props.filter(prop => !prop.embedded).map(prop => prop.name);
        for (const name of Object.keys(fields)) assertProperty(meta.className, name, known);
        return meta.embeddable ? Object.assign(entity, fields) : em.assign(entity, fields as never);
      },
    });
    made.set(type, proxy);
  }
  return proxy;
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
