import { helper, ReferenceKind } from '@mikro-orm/core';
import { targetOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { perClass } from './per-class.ts';
import { replaceMethod } from './replace-method.ts';
import { persistedEntities } from './staged.ts';

type Find = (entity: object, visited: Set<object>, ...rest: unknown[]) => void;

/** From how many new objects on a chain of them can be too deep for the stack. */
const deepFrom = 500;

/**
 * Has a flush look at new objects after those that they refer to, however many refer to one another in a row. MikroORM comes to
 * the same order by calling itself for each that is referred to, and a chain of some thousands would be too deep for the stack.
 */
export function findNewInLoops(em: SqlEm): void {
  replaceMethod<Find>(em.getUnitOfWork(), 'findNewEntities', find => (entity, visited, ...rest) => {
    const staged = persistedEntities(em);
    if (visited.size === 0 && staged.size > deepFrom)
      for (const one of targetsFirst(staged)) find(one, visited);
    find(entity, visited, ...rest);
  });
}

/** The entities in their order, each after those of them that it refers to. */
function targetsFirst(staged: ReadonlySet<object>): Iterable<object> {
  const ordered = new Set<object>();
  const entered = new Set<object>();
  for (const first of staged) {
    const open = [first];
    for (let entity = open.at(-1); entity !== undefined; entity = open.at(-1)) {
      const before = entered.has(entity)
        ? NONE
        : targetsOf(entity).filter(one => staged.has(one) && !entered.has(one));
      entered.add(entity);
      if (before.length > 0) open.push(...before.toReversed());
      else {
        open.pop();
        ordered.add(entity);
      }
    }
  }
  return ordered;
}

const relationsOf = perClass(({ relations }) =>
  relations.filter(
    ({ kind, mapToPk }) =>
      (kind === ReferenceKind.MANY_TO_ONE || kind === ReferenceKind.ONE_TO_ONE) && mapToPk !== true,
  ),
);

const NONE: readonly object[] = [];

function targetsOf(entity: object): readonly object[] {
  const relations = relationsOf(helper(entity).__meta);
  return relations.length === 0 ? NONE : relations.flatMap(prop => targetOf(entity, prop) ?? []);
}
