import { EntityIdentifier } from '@mikro-orm/core';

/**
 * Has a key that the database will give stay the one that is awaited, whatever is copied. MikroORM copies it with the embedded
 * object that refers to a new row, where the entity has a property with `onUpdate()`, and wrote that it refers to nothing.
 */
export function keepAwaitedKeys(): void {
  if (Object.hasOwn(EntityIdentifier.prototype, 'clone')) return;
  Reflect.defineProperty(EntityIdentifier.prototype, 'clone', {
    value(this: EntityIdentifier): EntityIdentifier {
      return this;
    },
  });
}
