import {
  type ChangeSet,
  ChangeSetType,
  type EntityMetadata,
  type EntityProperty,
  ReferenceKind,
  type UnitOfWork,
} from '@mikro-orm/core';
import { moveTo, payloadOf } from '../mikro-orm/class-tables.ts';
import { writeApart } from '../mikro-orm/extra-updates.ts';
import { isEntity, keyTextOf } from '../mikro-orm/entity-state.ts';
import { asLastKnown } from '../mikro-orm/keep-assigned.ts';
import { referringProperties } from '../mikro-orm/referrers.ts';

/** What is going to be written of a row. */
interface Write {
  readonly meta: EntityMetadata;
  /** What the row holds; undefined if there is none yet. */
  readonly before: object | undefined;
  readonly after: object;
  /** Whether it is deleted. */
  readonly isGone?: true;
  /**
   * Has it written before the new rows; absent where that cannot be.
   *
   * @param isNext whether it has to be after others that are written before them
   */
  readonly moveForward?: (isNext: boolean) => void;
}

/**
 * Lets the rows that give up a unique value, or are deleted, be written before those that take it. MikroORM does so only for
 * rows that are left without one or make room for new ones, and writes the others in the order in which it finds them.
 */
export function updateEarly(uow: UnitOfWork): void {
  const writes = [
    ...uow.getChangeSets().map(change => ofChange(uow, change)),
    ...[...uow.getExtraUpdates()].flatMap(extra => ofExtra(uow, extra)),
  ];
  const giving = new Set(
    writes.filter(write => write.moveForward !== undefined && givenUp(write).length > 0),
  );
  if (giving.size === 0) return;
  const taken = new Set(writes.flatMap(({ meta, after }) => uniqueIn(meta, after)));
  const makingRoom = new Set<string>();
  const held = new Set(writes.flatMap(({ meta, before }) => uniqueIn(meta, before)));
  // One makes room for the next. The list grows while it is walked, as what stays behind is looked at again.
  const waiting = [...giving].filter(write => givenUp(write).some(value => taken.has(value)));
  for (const write of waiting) {
    // What it takes itself must be free by then.
    if (!giving.has(write) || !uniqueIn(write.meta, write.after).every(value => !held.has(value))) continue;
    giving.delete(write);
    write.moveForward?.(uniqueIn(write.meta, write.after).some(value => makingRoom.has(value)));
    for (const value of givenUp(write)) {
      held.delete(value);
      makingRoom.add(value);
    }
    for (const value of uniqueIn(write.meta, write.after)) held.add(value);
    waiting.push(...waiting.filter(other => giving.has(other) && takesSomeOf(other, givenUp(write))));
  }
}

function takesSomeOf({ meta, after }: Write, values: readonly string[]): boolean {
  return uniqueIn(meta, after).some(value => values.includes(value));
}

function ofChange(uow: UnitOfWork, change: ChangeSet<object>): Write {
  const { meta, originalEntity, type } = change;
  const own = { meta, before: asLastKnown(originalEntity), after: payloadOf(change) };
  if (type === ChangeSetType.DELETE && !isReferredTo(meta))
    return { ...own, isGone: true, moveForward: () => moveTo(ChangeSetType.DELETE_EARLY, change) };
  if (type !== ChangeSetType.UPDATE) return own;
  const uniques = meta.uniqueProps.flatMap(({ name }) => (name in own.after ? [name] : []));
  return {
    ...own,
    moveForward: isNext =>
      isNext
        ? writeApart(uow, change, uniques, ChangeSetType.UPDATE_EARLY)
        : moveTo(ChangeSetType.UPDATE_EARLY, change),
  };
}

/** Whether rows may refer to one of this class, and would have to be written before it is deleted. */
export function isReferredTo(meta: EntityMetadata): boolean {
  const isOwner = ({ prop }: { prop: EntityProperty }) =>
    prop.kind === ReferenceKind.MANY_TO_ONE || prop.owner;
  // What refers to a base class refers to its subclasses.
  return meta.root !== meta || referringProperties(meta).some(isOwner);
}

type Extra = ReturnType<UnitOfWork['getExtraUpdates']> extends Set<infer T> ? T : never;

/** MikroORM writes the unique values of a row by themselves if other rows get some, too, in the order of this list. */
function ofExtra(uow: UnitOfWork, extra: Extra): Write[] {
  const [, names, values, change] = extra;
  if (change === undefined || !Array.isArray(names) || !Array.isArray(values)) return [];
  const after = Object.fromEntries(names.map((name, index) => [name, values[index] as unknown]));
  const { meta, originalEntity } = change;
  const moveForward = () => {
    extra[4] = ChangeSetType.UPDATE_EARLY;
    uow.getExtraUpdates().delete(extra);
    uow.getExtraUpdates().add(extra);
  };
  return [{ meta, before: asLastKnown(originalEntity), after, moveForward }];
}

/** The unique values that a row holds and is to hold no longer. */
function givenUp({ meta, before, after, isGone }: Write): string[] {
  const changed = meta.uniqueProps.filter(({ name }) => isGone === true || name in after);
  return uniqueIn(meta, before, changed);
}

/** The unique values of a row, each with the class and the property that it is unique for. */
function uniqueIn(
  { root, uniqueProps }: EntityMetadata,
  row: object | undefined,
  props = uniqueProps,
): string[] {
  if (row === undefined) return [];
  return props.flatMap(({ name }) => {
    const value: unknown = Reflect.get(row, name);
    const text = isEntity(value) ? keyTextOf(value) : value;
    const isSingle = typeof text === 'string' || typeof text === 'number' || typeof text === 'bigint';
    return isSingle ? [`${root.className}.${name} ${text}`] : [];
  });
}
