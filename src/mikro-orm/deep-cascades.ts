import type { Cascade } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type CascadeFrom = (entity: object, type: Cascade, visited?: Set<object>, options?: object) => void;
type Step = Parameters<CascadeFrom>;

/** A walk that is under way, and the one around it. */
interface Walk {
  readonly visited: Set<object>;
  /** What the object that is looked at leads to. */
  readonly next: Step[];
  readonly outer: Walk | undefined;
}

/**
 * Lets a flush go along objects of which each leads to the next one, however many there are. MikroORM calls itself for each,
 * and a chain of some thousands would be too deep for the stack. They are come to in the same order.
 */
export function cascadeInLoops(em: SqlEm): void {
  let innermost: Walk | undefined;
  replaceMethod<CascadeFrom>(em.getUnitOfWork(), 'cascade', cascade => (entity, type, given, options) => {
    const visited = given ?? new Set<object>();
    if (visited.has(entity)) return;
    for (let walk = innermost; walk !== undefined; walk = walk.outer)
      if (walk.visited === visited) {
        walk.next.push([entity, type, visited, options]);
        return;
      }
    const outer = innermost;
    const next: Step[] = [];
    innermost = { visited, next, outer };
    try {
      cascade(entity, type, visited, options);
      // Most lead to nothing.
      if (next.length > 0) followAll(cascade, next);
    } finally {
      innermost = outer;
    }
  });
}

/** @param next what was found, to which that is added which an object leads to as it is looked at */
function followAll(cascade: CascadeFrom, next: Step[]): void {
  const open = next.splice(0).toReversed();
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    cascade(...step);
    for (let one = next.pop(); one !== undefined; one = next.pop()) open.push(one);
  }
}
