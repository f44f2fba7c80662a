import { type EntityMetadata, QueryHelper, ReferenceKind, Utils } from '@mikro-orm/core';
import { types } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import type { SqlEm } from './orm.ts';

type Filters = Parameters<typeof QueryHelper.getActiveFilters>[2];

const added = new WeakMap<object, Filters>();

/**
 * Notes the filters that are added to an EntityManager, which keeps them to itself. One without the parameters that it needs
 * is named.
 */
export function noteFilters(em: SqlEm): void {
  const own: Filters = {};
  added.set(em, own);
  const add = em.addFilter.bind(em);
  em.addFilter = filter => {
    add(filter);
    const entity = filter.entity && Utils.asArray(filter.entity).map(one => Utils.classOrName(one as never));
    own[filter.name] = { default: true, ...filter, entity } as Filters[string];
  };
  const apply = em.applyFilters.bind(em) as (...args: unknown[]) => Promise<unknown>;
  em.applyFilters = (async (...args: unknown[]) => {
    try {
      return await apply(...args);
    } catch (error) {
      const [, name] = /^No arguments provided for filter '(.*)'$/.exec((error as Error).message) ?? [];
      if (name === undefined) throw error;
      throw new MikroscopeError(
        'InvalidQuery',
        `The filter '${name}' has no parameters`,
        `em.setFilterParams('${name}', { … }) sets them.`,
        { cause: error },
      );
    }
  }) as typeof em.applyFilters;
}

/** The filters that apply to every query of an entity. */
interface DefaultFilters {
  readonly conditions: readonly object[];
  /** The names of those whose conditions are known only when the query runs. */
  readonly unknown: readonly string[];
}

/** What MikroORM would wait for is not known, nor what needs parameters that it was not given. */
export function defaultFilters(em: SqlEm, meta: EntityMetadata): DefaultFilters {
  const active = new Map<string, object | undefined>();
  for (const filters of [em.config.get('filters'), added.get(em) ?? {}, meta.filters] as Filters[]) {
    for (const { name, cond } of QueryHelper.getActiveFilters(meta, {}, filters)) {
      if (active.has(name)) continue;
      const condition: unknown =
        typeof cond === 'function'
          ? valueOf(cond, [em.getFilterParams(name), 'read', em, undefined, meta.className])
          : cond;
      active.set(name, typeof condition === 'object' && condition !== null ? condition : undefined);
    }
  }
  const known = [...active.values()].filter(condition => condition !== undefined);
  return { conditions: known, unknown: [...active.keys()].filter(name => active.get(name) === undefined) };
}

/** Those of what every row refers to, by the relation: MikroORM shows no row that refers to what they leave out. */
export function filtersOfReferred(em: SqlEm, meta: EntityMetadata): [relation: string, DefaultFilters][] {
  if (!em.config.get('autoJoinRefsForFilters')) return [];
  return meta.relations.flatMap(({ name, targetMeta, owner, kind, nullable, polymorphic }) => {
    const isAlways =
      (owner || kind === ReferenceKind.MANY_TO_ONE) && nullable !== true && polymorphic !== true;
    if (!isAlways || kind === ReferenceKind.MANY_TO_MANY || targetMeta === undefined) return [];
    const filters = defaultFilters(em, targetMeta);
    return filters.conditions.length + filters.unknown.length === 0 ? [] : [[name, filters]];
  });
}

/**
 * Undefined for a promise, and where the function throws. A function that is `async` is not called: it may ask the database,
 * and nothing would wait for that.
 */
function valueOf(condition: object, args: readonly unknown[]): unknown {
  if (types.isAsyncFunction(condition)) return undefined;
  try {
    const value: unknown = Reflect.apply(condition as () => unknown, undefined, args);
    if (!(value instanceof Promise)) return value;
    value.catch(() => undefined);
  } catch {
    // The query says why when it runs.
  }
  return undefined;
}
