import { type Collection, Reference } from '@mikro-orm/core';
import { notLoaded } from '../entity/not-loaded.ts';
import type { Expiry } from '../identity-map/expiry.ts';
import type { WeakRows } from '../identity-map/weak-rows.ts';
import { followTargetKeys } from '../mikro-orm/target-keys.ts';
import { watchAssignments } from '../mikro-orm/assignment-watch.ts';
import { readEmbeddedWhole } from '../mikro-orm/embedded-parts.ts';
import { hasKey, hasRow, isEntity, isFieldLoaded, isUnread } from '../mikro-orm/entity-state.ts';
import { watchGenerated } from '../mikro-orm/generated-values.ts';
import { guardIdentityMap } from '../mikro-orm/identity-door.ts';
import { keepAssigned, markAssigned } from '../mikro-orm/keep-assigned.ts';
import { fillByKeys } from '../mikro-orm/mapped-keys.ts';
import { preserveUnexpired } from '../mikro-orm/preserve-unexpired.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { readWithoutFlush } from '../mikro-orm/read-without-flush.ts';
import { tick } from '../mikro-orm/relation-clock.ts';
import { keepRowSnapshots } from '../mikro-orm/row-snapshots.ts';
import { keepUpserted } from '../mikro-orm/upserted-rows.ts';
import { watchClear } from '../mikro-orm/watch-clear.ts';
import { rejoinBy, replaceReferences } from './attach.ts';
import { isTracked } from './object-states.ts';
import { settleOrphan } from './orphans.ts';
import { keepLinked } from './take-back-removals.ts';
import type { TakenPlaces } from './taken-places.ts';

/** Knows of code that can neither load nor wait, so that what is not loaded is an error for it. */
export interface PlainCode {
  /** Whether such code runs. */
  readonly runs: boolean;
  /** Calls such code. */
  enter<T>(call: () => T): T;
  /** Calls what such code has called, and which knows itself what is not loaded. */
  leave<T>(call: () => T): T;
}

/** What is to hear of its objects. */
interface Watching {
  readonly em: SqlEm;
  readonly expiry: Expiry;
  readonly weakRows: WeakRows;
  readonly plainCode: PlainCode;
  readonly takenPlaces: TakenPlaces;
  /** Whether a query of the session itself is under way. */
  readonly isReading: boolean;
  /** Whether a flush is under way. */
  readonly isWriting: boolean;
  /** Whether an entity still shows the database. */
  isFresh(entity: object): boolean;
  /** Called before the value of a lazy field is forgotten, as its row was read again without it. */
  keepField(entity: object, name: string, value: unknown): void;
  /** Called when something was written that is recorded nowhere else. @param upserted what `em.upsert()` has made for it */
  noteOtherWrite(upserted?: object): void;
  /** Called when all entities are about to leave. */
  release(): void;
}

/** Has a unit of work hear of what is done to its objects, and keeps MikroORM from doing to them what it must not. */
export function watchObjects(unit: Watching): void {
  const { em, expiry } = unit;
  guardIdentityMap(em);
  readWithoutFlush(em);
  keepRowSnapshots(
    em,
    (...field) => unit.keepField(...field),
    entity => !unit.isReading || unit.isFresh(entity),
  );
  preserveUnexpired(em, unit);
  followTargetKeys(em);
  fillByKeys(em);
  readEmbeddedWhole(em);
  keepAssigned(em, unit);
  keepUpserted(em, {
    displaced: (twin, own) => replaceReferences(em, twin, own),
    upserted(entity, isMade) {
      expiry.expire(entity);
      if (isMade) unit.noteOtherWrite(entity);
    },
  });
  watchGenerated(em);
  watchClear(em, () => unit.release());
  watchAssignments(em, {
    assigned: (entity, name) => assigned(unit, entity, name),
    assignedNew: (entity, name) => rejoinBy(em, entity, Reflect.get(entity, name)),
    assignsPlace: (...assignment) => unit.takenPlaces.note(...assignment),
    isPlaceGiven: (owner, prop) => unit.takenPlaces.isGiven(owner, prop),
    leavesOwner: (entity, prop, before) => {
      if (!knowsField(unit, entity, prop.name)) unit.takenPlaces.leftOwners.note(entity, prop, before);
    },
    orphaned: entity => settleOrphan(em, entity),
    readsField: (entity, name) => {
      if (unit.plainCode.runs && isUnread(entity, name)) throw notLoaded(entity, name);
    },
    readsList: list => {
      if (unit.plainCode.runs && hasRow(list.owner)) throw notLoaded(list);
    },
    plainly: call => unit.plainCode.enter(call),
    quietly: call => unit.plainCode.leave(call),
    assignsList: list => assertKnown(unit, list),
    takes: (owner, prop, item) => {
      tick();
      rejoinBy(em, owner, item, prop);
    },
    linked: (owner, prop, value) => {
      if (!unit.isWriting) keepLinked(em, owner, prop, value);
    },
  });
}

/** What was assigned is a change, unless the row is known to hold the same. */
function assigned(unit: Watching, entity: object, name: string): void {
  const { em, weakRows } = unit;
  weakRows.hold(entity);
  const value: unknown = Reflect.get(entity, name);
  if (!knowsField(unit, entity, name) || isNewTarget(value)) markAssigned(em, entity, [name]);
  rejoinBy(em, entity, value);
}

/** Whether it is known what the row of an entity holds in a field. */
function knowsField({ expiry }: Watching, entity: object, name: string): boolean {
  return expiry.isFresh(entity) && isFieldLoaded(entity, name);
}

/** Whether a value is a new object, which may get the key of a row that is removed: that is another row. */
function isNewTarget(value: unknown): boolean {
  const target: unknown = Reference.unwrapReference(value as object);
  return isEntity(target) && !hasRow(target) && hasKey(target);
}

/** @throws MikroscopeError `NotLoaded` for a list of which it is not known what the database has */
function assertKnown({ em, expiry }: Watching, list: Collection<object>): void {
  const isKnown = list.isInitialized() && expiry.isFresh(list);
  if (!isKnown && isTracked(em, list.owner)) throw notLoaded(list);
}
