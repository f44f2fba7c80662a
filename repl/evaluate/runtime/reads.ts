import type { LazySource } from './lazy-source.ts';
import { isPrimitive } from './values.ts';

export type Reads = ReturnType<typeof createReads>;

/** Reads of properties, which may load from the database. */
export function createReads(source: LazySource) {
  return {
    read: (object: unknown, key: PropertyKey): unknown =>
      isPrimitive(object) ? get(object, key) : source.read(object, key),
    readSync: (object: unknown, key: PropertyKey): unknown =>
      isPrimitive(object) ? get(object, key) : source.readSync(object, key),
    /** @returns the value, or a promise of it while what has expired in it is loaded again */
    refreshed: (value: unknown): unknown => source.touch(value)?.then(() => value) ?? value,
  };
}

function get(object: unknown, key: PropertyKey): unknown {
  return (object as Record<PropertyKey, unknown>)[key];
}
