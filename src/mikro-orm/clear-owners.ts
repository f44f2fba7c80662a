import { Collection, type EntityProperty, Reference, ReferenceKind } from '@mikro-orm/core';
import { hasRow } from './entity-state.ts';
import { watcherOfStaged } from './watchers.ts';

let clearsOwners = false;

/**
 * Makes an object that leaves a list name its owner no more, also where it has to have one. MikroORM refuses that, or leaves
 * the owner where the list removes its orphans. A part of the key by which an orphan is deleted stays.
 */
export function clearOwners(): void {
  if (clearsOwners) return;
  clearsOwners = true;
  const method = Reflect.get(Collection.prototype, 'propagateToOwningSide') as Propagate;
  Reflect.set(Collection.prototype, 'propagateToOwningSide', function (
    ...[item, how]: Parameters<Propagate>
  ) {
    const { kind, mappedBy, targetMeta, orphanRemoval } = this.property;
    const prop = mappedBy === undefined ? undefined : targetMeta?.properties[mappedBy as never];
    const { nullable, primary, deleteRule, mapToPk, name = '' } = (prop ?? {}) as Partial<EntityProperty>;
    const isKey = primary === true && orphanRemoval === true;
    const isKept = nullable === true || mapToPk === true || deleteRule === 'cascade' || isKey;
    const watcher = watcherOfStaged(this.owner) ?? watcherOfStaged(item);
    if (how !== 'remove' || kind !== ReferenceKind.ONE_TO_MANY || isKept || watcher === undefined) {
      Reflect.apply(method, this, [item, how]);
      // An orphan that keeps its owner does not tell.
      if (how === 'remove' && isKey && !hasRow(item)) watcher?.orphaned(item);
      return;
    }
    if (Reference.unwrapReference(Reflect.get(item, name) as object) === this.owner)
      Reflect.set(item, name, null);
  } satisfies Propagate);
}

type Propagate = (this: Collection<object>, item: object, how: 'add' | 'remove' | 'takeSnapshot') => void;
