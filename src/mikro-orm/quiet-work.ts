import { EntityManager, SerializationContext } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { quietly, quietlyIn } from './watchers.ts';

/** Methods of an EntityManager that look at entities as far as they are loaded before they wait for anything. */
const working = [
  'assign',
  'create',
  'flush',
  'getReference',
  'map',
  'merge',
  'persist',
  'populate',
  'refresh',
  'remove',
] as const;

let isQuiet = false;

/** What MikroORM itself reads of entities that are not loaded is no error, whatever code calls it. */
export function workQuietly(): void {
  if (isQuiet) return;
  isQuiet = true;
  for (const name of working) {
    const method = Reflect.get(EntityManager.prototype, name) as (...args: unknown[]) => unknown;
    // Others tell a method by its name.
    const { [name]: quiet } = {
      [name](this: SqlEm, ...args: unknown[]): unknown {
        return quietlyIn(this, () => Reflect.apply(method, this, args));
      },
    };
    Object.defineProperty(EntityManager.prototype, name, {
      value: quiet,
      writable: true,
      configurable: true,
    });
  }
  const propagate = Reflect.get(SerializationContext, 'propagate') as (...args: unknown[]) => void;
  // What is serialized is searched for what it leads to.
  SerializationContext.propagate = function (root, entity, isVisible) {
    quietly(entity, () => Reflect.apply(propagate, this, [root, entity, isVisible]));
  };
}
