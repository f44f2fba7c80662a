import type { Cascade } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type CascadeFrom = (entity: object, type: Cascade, visited?: Set<object>, options?: object) => void;
type Step = Parameters<CascadeFrom>;

/**
 * Lets a flush go along objects of which each leads to the next one, however many there are. MikroORM calls itself for each,
 * and a chain of some thousands would be too deep for the stack. They are come to in the same order.
 */
export function cascadeInLoops(em: SqlEm): void {
  /** What the object that is looked at leads to, in the walk that has a set of visited ones. */
  const walks = new WeakMap<Set<object>, Step[]>();
  replaceMethod<CascadeFrom>(em.getUnitOfWork(), 'cascade', cascade => (entity, type, given, options) => {
    const visited = given ?? new Set<object>();
    if (visited.has(entity)) return;
    const found = walks.get(visited);
    if (found !== undefined) {
      found.push([entity, type, visited, options]);
      return;
    }
    const open: Step[] = [[entity, type, visited, options]];
    const next: Step[] = [];
    walks.set(visited, next);
    try {
      for (let step = open.pop(); step !== undefined; step = open.pop()) {
        cascade(...step);
        for (let one = next.pop(); one !== undefined; one = next.pop()) open.push(one);
      }
    } finally {
      walks.delete(visited);
    }
  });
}
