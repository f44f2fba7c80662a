import { Collection, Reference, ScalarReference } from '@mikro-orm/core';

/**
 * Lets references be joined to strings, compared and computed with as what they stand for, and collections as lists.
 * Without that, `note.text += '!'` would store `[object Object]!`.
 */
export function convertReferences(): void {
  for (const { prototype } of [Reference, ScalarReference])
    Object.defineProperty(prototype, Symbol.toPrimitive, {
      value(this: { unwrap(): unknown }, hint: 'string' | 'number' | 'default') {
        return toPrimitive(this.unwrap(), hint);
      },
      writable: true,
      configurable: true,
    });
  Object.defineProperty(Collection.prototype, Symbol.toPrimitive, {
    value(this: { getItems(): readonly { toString(): string }[] }) {
      return this.getItems().join();
    },
    writable: true,
    configurable: true,
  });
}

function toPrimitive(value: unknown, hint: 'string' | 'number' | 'default'): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const held = value as { toString(): string };
  return hint === 'number' ? Number(held) : String(held);
}
