import { Collection, type EntityProperty, ReferenceKind, Utils } from '@mikro-orm/core';
import { hasRow, isEntity } from './entity-state.ts';
import { watcherOfStaged } from './watchers.ts';

type Add = (this: Collection<object>, ...items: unknown[]) => number;

/** Whether a link is being made, of which MikroORM makes the other side meanwhile. */
let isMaking = false;

/** Makes a relation hold something, and tells so, unless that is the other side of a link that is told of. */
export function link<T>(owner: object, prop: EntityProperty, values: Iterable<unknown>, make: () => T): T {
  if (isMaking) return make();
  isMaking = true;
  let made: T;
  try {
    made = make();
  } finally {
    isMaking = false;
  }
  for (const value of values) holdOwner(owner, prop, value);
  const watcher = watcherOfStaged(owner);
  if (watcher !== undefined) for (const value of values) watcher.linked(owner, prop, value);
  return made;
}

/** Whether a link is being made. */
export function isLinking(): boolean {
  return isMaking;
}

/** What is put into a list of a new object refers to that: where it holds a key, MikroORM gives it none. */
function holdOwner(owner: object, { kind, mappedBy, targetMeta }: EntityProperty, item: unknown): void {
  if (kind !== ReferenceKind.ONE_TO_MANY || hasRow(owner) || !isEntity(item)) return;
  const side = targetMeta?.properties[mappedBy as never];
  if (side?.mapToPk === true) Reflect.set(item, side.name, owner);
}

let areTold = false;

/** Tells of what is added to lists, also where they have it. */
export function tellAdded(): void {
  if (areTold) return;
  areTold = true;
  const add = Reflect.get(Collection.prototype, 'add') as Add;
  Reflect.set(Collection.prototype, 'add', function (...items) {
    const all = items.flatMap(item => Utils.asArray(item));
    return link(this.owner, this.property, all, () => Reflect.apply(add, this, items));
  } satisfies Add);
}
