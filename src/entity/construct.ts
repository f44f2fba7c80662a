import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import type { SqlEm } from '../database/orm.ts';
import { assertProperty } from './properties.ts';

const made = new WeakMap<object, object>();

/**
 * A class whose constructor takes nothing, such as those that MikroORM makes, takes its fields here:
 * `new User({ username: 'Corey' })`. JavaScript would lose them without a word.
 *
 * @returns the class as it is where its constructor has parameters of its own
 */
export function takingFields(em: SqlEm, type: EntityClass<object>, meta: EntityMetadata): object {
  if ((meta.constructorParams?.length ?? 0) > 0 || type.length > 0) return type;
  let proxy = made.get(type);
  if (!proxy) {
    proxy = new Proxy(type, {
      construct(target, args: readonly unknown[], newTarget) {
        const [fields] = args;
        // A class that extends this one has a constructor of its own to decide.
        if (newTarget !== proxy || args.length !== 1 || !isPlain(fields))
          return Reflect.construct(target, args, newTarget === proxy ? target : newTarget) as object;
        const entity = Reflect.construct(target, [], target) as object;
        const known = meta.props.filter(prop => !prop.embedded).map(prop => prop.name);
        for (const name of Object.keys(fields)) assertProperty(meta.className, name, known);
        return meta.embeddable ? Object.assign(entity, fields) : em.assign(entity, fields as never);
      },
    });
    made.set(type, proxy);
  }
  return proxy;
}

function isPlain(value: unknown): value is object {
  const prototype: unknown =
    typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === Object.prototype || prototype === null;
}
