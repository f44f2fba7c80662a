import { Reflect, String, TypeError } from './language.ts';
import { undestructurable } from './v8-messages.ts';
import { isPrimitive } from './values.ts';

/** What destructuring an object needs besides reads of its properties. */
export const destructuring = {
  /** @throws TypeError if the value has no properties */
  destructurable(value: unknown, callSite: string | undefined, property?: string): unknown {
    if (value !== null && value !== undefined) return value;
    throw new TypeError(undestructurable(value, callSite, property));
  },
  /** Converts a computed key once, as JavaScript does. */
  propertyKey: (value: unknown): unknown =>
    isPrimitive(value) ? value : Reflect.ownKeys({ [value as string]: 0 })[0],
  /** The name that a function takes from a key. */
  nameOf(key: PropertyKey): string {
    if (typeof key !== 'symbol') return String(key);
    return key.description === undefined ? '' : `[${key.description}]`;
  },
};
