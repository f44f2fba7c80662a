import { helper } from '@mikro-orm/core';
import { hasRow } from './entity-state.ts';
import { markLoaded } from './lazy-fields.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Fill = (entity: object, meta: object, data: object, ...rest: never[]) => void;

/** Configurations have one for all their EntityManagers. */
const followed = new WeakSet<object>();

let filled: object | undefined;

/** Whether the row of an entity fills it now, and not that of another which refers to it. */
export function isFilledByItsRow(entity: object): boolean {
  return filled === entity || helper(entity).__processing;
}

/**
 * Follows which entity a row fills. Lazy fields that it has are noted as loaded, which `em.refresh()` does not, so that they
 * are read again once they have expired.
 */
export function followFilling(em: SqlEm): void {
  const hydrator = em.config.getHydrator(em.getMetadata());
  if (followed.has(hydrator)) return;
  followed.add(hydrator);
  replaceMethod<Fill>(hydrator, 'hydrate', fill => (entity, meta, data, ...rest) => {
    const outer = filled;
    filled = entity;
    try {
      fill(entity, meta, data, ...rest);
    } finally {
      filled = outer;
    }
    if (hasRow(entity)) markLoaded(entity, data);
  });
}
