import type { EntityMetadata } from '@mikro-orm/core';

/**
 * Has something that follows from a class alone be found once. Of thousands of objects that are looked at one after another
 * nearly all are of the class of the one before, so that the last answer is at hand.
 */
export function perClass<T>(find: (meta: EntityMetadata) => T): (meta: EntityMetadata) => T {
  const known = new WeakMap<EntityMetadata, { readonly found: T }>();
  let last: EntityMetadata | undefined;
  let answer: { readonly found: T } | undefined;
  return meta => {
    if (answer === undefined || meta !== last) {
      answer = known.get(meta) ?? { found: find(meta) };
      known.set(meta, answer);
      last = meta;
    }
    return answer.found;
  };
}
