import { type EntityMetadata, QueryHelper } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

type Filters = Parameters<typeof QueryHelper.getActiveFilters>[2];

/**
 * The conditions of the filters that apply to every query of an entity. MikroORM waits for them; one that asks for
 * something else first is left out.
 */
export function defaultFilters(em: SqlEm, meta: EntityMetadata): object[] {
  const active = new Map<string, object>();
  for (const filters of [em.config.get('filters'), meta.filters] as Filters[]) {
    for (const { name, cond } of QueryHelper.getActiveFilters(meta, {}, filters)) {
      if (active.has(name)) continue;
      const condition: unknown =
        typeof cond === 'function'
          ? Reflect.apply(cond, undefined, [em.getFilterParams(name), 'read', em, undefined, meta.className])
          : cond;
      if (typeof condition === 'object' && condition !== null && !(condition instanceof Promise))
        active.set(name, condition);
    }
  }
  return [...active.values()];
}
