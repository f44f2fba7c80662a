import { Collection, type EntityManager, helper, Reference } from '@mikro-orm/core';
import { isEntity, isManagedBy, ownerOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';

type Get = (this: Collection<object>, items?: object[], isRequired?: boolean) => EntityManager | undefined;

let isDone = false;

/**
 * Keeps what is put into a list from being staged where the owner has left the session, or has no row any more. MikroORM
 * stages it in the EntityManager that the owner was last of.
 */
export function stageNothingInLetGoLists(): void {
  if (isDone) return;
  isDone = true;
  const get = Reflect.get(Collection.prototype, 'getEntityManager') as Get;
  Reflect.set(Collection.prototype, 'getEntityManager', function (...[items = [], isRequired]) {
    const known = helper(this.owner).__em === undefined ? items : [this.owner];
    const isTaken = isRequired !== false || known.some(isManaged);
    return isTaken ? Reflect.apply(get, this, [items, isRequired]) : undefined;
  } satisfies Get);
}

function isManaged(item: object): boolean {
  const entity: unknown = Reference.unwrapReference(item);
  const em = isEntity(entity) ? (ownerOf(entity) as SqlEm | undefined) : undefined;
  return em !== undefined && isManagedBy(em, entity as object);
}
