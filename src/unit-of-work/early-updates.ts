import {
  type ChangeSet,
  ChangeSetType,
  type EntityMetadata,
  type EntityProperty,
  Reference,
  type UnitOfWork,
} from '@mikro-orm/core';
import { moveTo, payloadOf } from '../mikro-orm/class-tables.ts';
import { rowSnapshotOf } from '../mikro-orm/entity-state.ts';
import { writeApart } from '../mikro-orm/extra-updates.ts';
import { asLastKnown } from '../mikro-orm/keep-assigned.ts';
import { giveTurn } from '../mikro-orm/turns.ts';
import { isPart, type UniqueGroup, uniqueGroups, uniqueText } from '../mikro-orm/unique-values.ts';
import { rowsLetGo, rowText } from './early-deletions.ts';

/** What is going to be written of a row. */
interface Write {
  /** The unique values that it takes. */
  readonly takes: readonly string[];
  /** Those that it holds and gives up. */
  readonly gives: readonly string[];
  readonly holds: readonly string[];
  /**
   * Has it written before the new rows; absent where that cannot be.
   *
   * @param isNext whether it has to be after others that are written before them
   */
  readonly moveForward?: (isNext: boolean) => void;
  /** Has it written after those that are updated as well, and got a turn before; absent where that cannot be. */
  readonly takeTurn?: () => void;
}

/**
 * Lets the rows that give up a unique value, or a key, or are deleted, be written before those that take it. MikroORM does so
 * only for rows that are left without one or make room for new ones, and writes the others in the order in which it finds them.
 */
export function updateEarly(uow: UnitOfWork): void {
  const changes = uow.getChangeSets();
  // What is deleted takes nothing.
  if (uow.getExtraUpdates().size === 0 && changes.every(({ type }) => type.startsWith('delete'))) return;
  const inserts = changes.filter(({ type }) => type === ChangeSetType.CREATE);
  const added = new Set<object>(inserts.map(({ entity }) => entity));
  const letGo = { removed: rowsLetGo(changes, 'deleteRule'), rekeyed: rowsLetGo(changes, 'updateRule') };
  const writes = [
    ...changes.map(change => ofChange(uow, change, added, letGo)),
    ...[...uow.getExtraUpdates()].flatMap(extra => ofExtra(uow, extra)),
  ];
  const takers = new Map<string, Write[]>();
  for (const write of writes)
    for (const value of write.takes) takers.set(value, [...(takers.get(value) ?? []), write]);
  const takersOf = (write: Write) => write.gives.flatMap(value => takers.get(value) ?? []);
  const canMove = ({ moveForward, takeTurn }: Write) => moveForward !== undefined || takeTurn !== undefined;
  const movable = new Set(writes.filter(write => canMove(write) && takersOf(write).length > 0));
  if (movable.size === 0) return;
  const giving = new Set(movable);
  const held = new Set(writes.flatMap(({ holds }) => holds));
  const givenEarly = new Set<string>();
  const givenInTurn = new Set<string>();
  // One makes room for the next. The list grows while it is walked, as what stays behind is looked at again.
  const waiting = [...giving];
  for (const write of waiting) {
    const { takes, gives } = write;
    // What it takes itself must be free by then.
    if (!giving.has(write) || takes.some(value => held.has(value))) continue;
    giving.delete(write);
    const isEarly = write.moveForward !== undefined && !takes.some(value => givenInTurn.has(value));
    if (isEarly) write.moveForward(takes.some(value => givenEarly.has(value)));
    else write.takeTurn?.();
    for (const value of gives) {
      held.delete(value);
      (isEarly ? givenEarly : givenInTurn).add(value);
    }
    for (const value of takes) held.add(value);
    for (const taker of takersOf(write)) {
      if (giving.has(taker)) waiting.push(taker);
      else if (!isEarly && !movable.has(taker)) taker.takeTurn?.();
    }
  }
}

/**
 * @param added the new objects
 * @param letGo the rows that others refer to, and the flush lets these refer to others after that
 */
function ofChange(
  uow: UnitOfWork,
  change: ChangeSet<object>,
  added: ReadonlySet<object>,
  letGo: { readonly removed: ReadonlySet<string>; readonly rekeyed: ReadonlySet<string> },
): Write {
  const { entity, meta, originalEntity, type } = change;
  if (type === ChangeSetType.DELETE || type === ChangeSetType.DELETE_EARLY) {
    const holds = valuesOf(meta, asLastKnown(rowSnapshotOf(entity)));
    const moveForward = () => moveTo(ChangeSetType.DELETE_EARLY, change);
    return { takes: [], gives: holds, holds, ...(!letGo.removed.has(rowText(entity)) && { moveForward }) };
  }
  const payload = payloadOf(change);
  const isNew = (name: string) => added.has(Reference.unwrapReference(Reflect.get(entity, name) as object));
  const isNullable = (name: string) =>
    (Reflect.get(meta.properties, name) as EntityProperty).nullable === true;
  const own = exchanged(meta, asLastKnown(originalEntity), payload);
  if (type === ChangeSetType.CREATE) return own;
  if (type === ChangeSetType.UPDATE_EARLY) return { ...own, moveForward: () => {} };
  const names = uniqueGroups(meta).flatMap(group => group.names.filter(name => name in payload));
  const isWhole = names.some(name => meta.primaryKeys.includes(name as never) || isPart(meta, name));
  const takeTurn = () => giveTurn(change);
  // What refers to a new row cannot be written before it, and has to be empty meanwhile.
  const late = meta.relations.flatMap(({ name }) => (name in payload && isNew(name) ? [name] : []));
  const emptied = late.filter(name => names.includes(name));
  if (meta.primaryKeys.some(name => name in payload) && letGo.rekeyed.has(rowText(entity)))
    return { ...own, takeTurn };
  if (late.length > 0 && (isWhole || !emptied.every(isNullable))) return { ...own, takeTurn };
  return {
    ...own,
    takeTurn,
    moveForward: isNext => {
      if (!isWhole && isNext && emptied.length === 0)
        return writeApart(uow, change, [...new Set(names)], ChangeSetType.UPDATE_EARLY);
      if (late.length > 0) writeApart(uow, change, late, ChangeSetType.UPDATE);
      for (const name of emptied) Reflect.set(change.payload, name, null);
      moveTo(ChangeSetType.UPDATE_EARLY, change);
      giveTurn(change);
    },
  };
}

type Extra = ReturnType<UnitOfWork['getExtraUpdates']> extends Set<infer T> ? T : never;

/** MikroORM writes the unique values of a row by themselves if other rows get some, too, in the order of this list. */
function ofExtra(uow: UnitOfWork, extra: Extra): Write[] {
  const [, names, values, change] = extra;
  if (change === undefined || !Array.isArray(names) || !Array.isArray(values)) return [];
  const after = Object.fromEntries(names.map((name, index) => [name, values[index] as unknown]));
  const moveForward = () => {
    extra[4] = ChangeSetType.UPDATE_EARLY;
    uow.getExtraUpdates().delete(extra);
    uow.getExtraUpdates().add(extra);
  };
  return [{ ...exchanged(change.meta, asLastKnown(change.originalEntity), after), moveForward }];
}

/** What a row takes and gives up as these of its values are written. */
function exchanged(
  meta: EntityMetadata,
  before: object | undefined,
  written: object,
): Pick<Write, 'takes' | 'gives' | 'holds'> {
  const groups = uniqueGroups(meta).filter(({ names }) => names.some(name => name in written));
  const value = (name: string): unknown => Reflect.get(name in written ? written : (before ?? {}), name);
  return {
    takes: textsOf(groups, value),
    gives: valuesOf(meta, before, groups),
    holds: valuesOf(meta, before),
  };
}

/** The unique values of a row, each with the class and the properties that it is unique for. */
function valuesOf(
  meta: EntityMetadata,
  row: object | undefined,
  groups = uniqueGroups(meta),
): readonly string[] {
  return row === undefined ? [] : textsOf(groups, name => Reflect.get(row, name) as unknown);
}

function textsOf(groups: readonly UniqueGroup[], value: (name: string) => unknown): readonly string[] {
  return groups.flatMap(({ names, label }) => {
    const text = uniqueText(names.map(value));
    return text === undefined ? [] : [`${label} ${text}`];
  });
}
