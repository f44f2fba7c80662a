import { type EntityMetadata, QueryHelper, Utils } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

type Filters = Parameters<typeof QueryHelper.getActiveFilters>[2];

const added = new WeakMap<object, Filters>();

/** Notes the filters that are added to an EntityManager, which keeps them to itself. */
export function noteFilters(em: SqlEm): void {
  const own: Filters = {};
  added.set(em, own);
  const add = em.addFilter.bind(em);
  em.addFilter = filter => {
    add(filter);
    const entity = filter.entity && Utils.asArray(filter.entity).map(one => Utils.classOrName(one as never));
    own[filter.name] = { default: true, ...filter, entity } as Filters[string];
  };
}

/**
 * The conditions of the filters that apply to every query of an entity. MikroORM waits for them; one that asks for
 * something else first is left out.
 */
export function defaultFilters(em: SqlEm, meta: EntityMetadata): object[] {
  const active = new Map<string, object>();
  for (const filters of [em.config.get('filters'), added.get(em) ?? {}, meta.filters] as Filters[]) {
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
