import {
  type ChangeSet,
  ChangeSetType,
  type EntityProperty,
  helper,
  Reference,
  ReferenceKind,
  ScalarReference,
} from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import { changedFields } from './changed-fields.ts';
import { refusedAssignment } from './computed-fields.ts';
import { columnsOf, wholeFields } from './embedded-columns.ts';
import { copyEmbedded } from './embedded-copies.ts';
import { isEntity, metaOf } from './entity-state.ts';
import { type Generated, takeGenerated } from './generated-values.ts';
import { evict, forgetKeptKey, placeOf, putBack } from './identity-map.ts';
import { loadedLazyFields } from './lazy-fields.ts';
import type { SqlEm } from './orm.ts';
import { isRemoved } from './staged.ts';

/** What an entity and MikroORM's notes about it were before a flush wrote it. */
export interface EntitySnapshot {
  readonly entity: object;
  /** The values of the fields. */
  readonly data: Record<string, unknown>;
  /** What the embedded objects of a new entity held. */
  readonly embedded: Readonly<Record<string, unknown>> | undefined;
  /** What relations held that were taken off. */
  readonly left: Readonly<Record<string, unknown>>;
  /** The names of those that were written since. */
  written: readonly string[];
  /** The names of those that another flush has written: of a new entity, what was assigned after its row was inserted. */
  rewritten: readonly string[];
  /** What `onCreate()` and `onUpdate()` made of them since. */
  generated: Generated;
  /** What there was of the primary key. */
  readonly keys: Readonly<Record<string, unknown>>;
  readonly row: Readonly<Record<string, unknown>> | undefined;
  readonly managed: boolean;
  readonly initialized: boolean;
  readonly em: ReturnType<typeof helper>['__em'];
  /** The key under which the identity map had it; undefined for one without a row. */
  readonly place: string | undefined;
  /** When it was taken, by {@link nextTime}. */
  readonly at: number;
}

let time = 0;

/** A time later than all before. */
export function nextTime(): number {
  return ++time;
}

/**
 * What an entity is now.
 *
 * @param change the change of it that is about to be written: where a subscriber has computed it, MikroORM takes it for
 * written already
 */
export function snapshotEntity(em: SqlEm, entity: object, change?: ChangeSet<object>): EntitySnapshot {
  const wrapped = helper(entity);
  const row = rowBefore(wrapped.__originalEntityData, change);
  // One that stays was given the key that it has, and a new one has lost none.
  const lost =
    wrapped.__originalEntityData !== undefined && isRemoved(em, entity) ? lostKeys(entity) : undefined;
  const data: Record<string, unknown> = { ...wrapped.__data };
  if (lost !== undefined) Object.assign(data, lost);
  const left = leftBehind(entity, data);
  if (left !== NONE) for (const name of Object.keys(left)) Reflect.deleteProperty(data, name);
  const generated = takeGenerated(entity);
  if (generated.size > 0) takeBackGenerated(data, generated);
  return {
    entity,
    data,
    embedded: row === undefined ? copyEmbedded(entity) : undefined,
    left,
    written: [],
    rewritten: [],
    generated,
    keys: lost === undefined ? presentKeys(entity) : { ...presentKeys(entity), ...lost },
    row: row && { ...row },
    managed: wrapped.__managed,
    initialized: wrapped.__initialized,
    em: wrapped.__em,
    place: row && placeOf(em, entity),
    at: nextTime(),
  };
}

/** MikroORM takes a relation off when its target is removed, and leaves the value behind. */
function leftBehind(entity: object, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  let found: Record<string, unknown> | undefined;
  for (const { name } of metaOf(entity).relations)
    if (name in data && !Object.hasOwn(entity, name)) (found ??= {})[name] = data[name];
  return found ?? NONE;
}

/** Most have left nothing, and share this record. */
const NONE: Record<string, unknown> = {};

function takeBackGenerated(data: Record<string, unknown>, generated: Generated): void {
  for (const [name, { before }] of generated) {
    if (before === undefined) Reflect.deleteProperty(data, name);
    else data[name] = before;
  }
}

function rowBefore(row: Row | undefined, change: ChangeSet<object> | undefined): Row | undefined {
  if (change?.type === ChangeSetType.CREATE) return undefined;
  return row && (change?.originalEntity ?? row);
}

type Row = Readonly<Record<string, unknown>>;

/** Adds to a snapshot what `onCreate()` and `onUpdate()` made of the fields later. */
export function addGenerated(snapshot: EntitySnapshot, later: Generated): void {
  if (later.size > 0) snapshot.generated = new Map([...snapshot.generated, ...later]);
}

/** Adds to a snapshot which fields another flush has written. */
export function addRewritten(snapshot: EntitySnapshot, names: readonly string[]): void {
  addWritten(snapshot, names);
  snapshot.rewritten = [...new Set([...snapshot.rewritten, ...names])];
}

/** Adds to a snapshot which fields were written. */
export function addWritten(snapshot: EntitySnapshot, names: readonly string[]): void {
  const { written } = snapshot;
  snapshot.written = written.length === 0 ? names : [...new Set([...written, ...names])];
}

/**
 * Takes MikroORM's notes back to before the flush. `values` says what becomes of the fields: those from before, or those
 * of now, in which case only what the database made is as before: a generated key is emptied again.
 */
export function restoreEntities(
  em: SqlEm,
  snapshots: readonly EntitySnapshot[],
  values: 'before' | 'now',
): void {
  // All leave before any comes back: they may have exchanged their keys.
  for (const { entity } of snapshots) evict(em, entity);
  for (const snapshot of snapshots) restoreEntity(snapshot, values);
  // To restore one may have had MikroORM keep the key that another one was to lose.
  for (const { entity } of snapshots) forgetKeptKey(entity);
  for (const { entity, row, place } of snapshots) if (row !== undefined) putBack(em, entity, place);
  for (const { entity, row } of snapshots)
    if (row === undefined && helper(entity).hasPrimaryKey())
      em.getUnitOfWork().getIdentityMap().store(entity);
}

/** Has an entity that has left the session have its row again: it is detached, as one that never was removed. */
export function giveRowBack({ entity, keys, row }: EntitySnapshot): void {
  const { __data: data } = helper(entity);
  for (const [name, value] of Object.entries(keys)) data[name] ??= value;
  if (row !== undefined) helper(entity).__originalEntityData = { ...row };
}

function restoreEntity(snapshot: EntitySnapshot, values: 'before' | 'now'): void {
  const { entity, row } = snapshot;
  const wrapped = helper(entity);
  const { primaryKeys, versionProperty: version } = wrapped.__meta;
  const isDeleted = wrapped.__originalEntityData === undefined;
  for (const name of primaryKeys) {
    if (!Object.hasOwn(snapshot.keys, name)) Reflect.deleteProperty(entity, name);
    // A key that was assigned stays, like any other value of now, and only a delete takes one away.
    else if (
      values === 'before'
        ? Reflect.get(entity, name) !== snapshot.keys[name]
        : isDeleted && Reflect.get(entity, name) == null
    )
      Reflect.set(entity, name, snapshot.keys[name]);
  }
  const now = wrapped.__data;
  const isMade = (name: string) =>
    name === version || (name in now && snapshot.generated.get(name)?.value === now[name]);
  for (const name of Object.keys(now))
    if (!(name in snapshot.data) && (values === 'before' || isMade(name))) delete now[name];
  // A delete takes the deleted entity out of the fields that refer to it.
  for (const name of Object.keys(snapshot.data)) {
    if (values === 'now' && !(name in now) && isTakenSince(entity, name, snapshot.data[name])) continue;
    if (values === 'before' || !(name in now) || isEmptyReference(now[name]) || isMade(name))
      now[name] = snapshot.data[name];
    // MikroORM takes a field off by deleting its accessor; assigning makes a new one.
    if (Object.hasOwn(entity, name)) continue;
    // A relation that was taken off since stays so.
    if (values === 'now' && wrapped.__meta.relations.some(prop => prop.name === name)) continue;
    // What nobody may assign is filled, as by a row.
    wrapped.__processing = refusedAssignment(wrapped.__meta, name) !== undefined;
    Reflect.set(entity, name, now[name]);
  }
  if (values === 'before') Object.assign(now, snapshot.left);
  // MikroORM derived them from the key.
  delete wrapped.__identifier;
  delete wrapped.__pk;
  if (row === undefined) delete wrapped.__originalEntityData;
  else {
    for (const name of loadedLazyFields(entity)) if (!(name in row)) wrapped.__loadedProperties.delete(name);
    wrapped.__originalEntityData = { ...row };
  }
  wrapped.__managed = snapshot.managed;
  wrapped.__initialized = snapshot.initialized;
  // A flush that failed may have left it set, and the next one would pass the entity over.
  wrapped.__processing = false;
  if (snapshot.em === undefined) delete wrapped.__em;
  else wrapped.__em = snapshot.em;
}

/** Whether another one has taken the place of an entity since at the side of a one-to-one relation that has the column. */
function isTakenSince(entity: object, name: string, value: unknown): boolean {
  const prop = Reflect.get(metaOf(entity).properties, name) as EntityProperty | undefined;
  if (prop?.kind !== ReferenceKind.ONE_TO_ONE || prop.owner) return false;
  const target: unknown = Reference.unwrapReference(value as object);
  if (!isEntity(target)) return false;
  const holder: unknown = Reference.unwrapReference(helper(target).__data[prop.mappedBy] as object);
  return holder != null && holder !== entity;
}

/**
 * Takes an entity back to a snapshot, but for what was written since, or assigned and not written: what was read may be of
 * what is undone.
 *
 * @returns whether that changed anything
 */
export function forgetRead(em: SqlEm, snapshot: EntitySnapshot): boolean {
  const { entity, row, data, written, rewritten } = snapshot;
  const {
    __data: now,
    __loadedProperties: loaded,
    __meta: meta,
    __originalEntityData: read,
  } = helper(entity);
  if (read === undefined) return false;
  // What was inserted is not what was assigned: the row may have been given something else since.
  const kept = wholeFields(meta, [
    ...changedFields(em, entity),
    ...(row === undefined ? rewritten : written),
  ]);
  let isChanged = false;
  for (const prop of meta.props) {
    const { name, primary, version, persist, embedded } = prop;
    const isField = hasColumn(prop) && !primary && !version && persist !== false && embedded === undefined;
    if (!isField || kept.has(prop) || !(name in now)) continue;
    const held = snapshot.embedded?.[name];
    const before = held ?? data[name];
    if (held == null ? now[name] === before : isDeepStrictEqual(now[name], held)) continue;
    const columns = columnsOf(meta, prop);
    const isSame = (column: string) => isDeepStrictEqual(Reflect.get(read, column), row?.[column]);
    if (row !== undefined && name in data && columns.every(isSame)) continue;
    isChanged = true;
    if (name in data) now[name] = before;
    else {
      Reflect.deleteProperty(now, name);
      for (const column of columns) loaded.delete(column);
    }
  }
  return isChanged;
}

function hasColumn({ kind, owner }: EntityProperty): boolean {
  if (kind === ReferenceKind.ONE_TO_ONE) return owner;
  return kind !== ReferenceKind.ONE_TO_MANY && kind !== ReferenceKind.MANY_TO_MANY;
}

/** Whether it is the reference to a lazy scalar that was unloaded since. */
function isEmptyReference(value: unknown): boolean {
  return value instanceof ScalarReference && !value.isInitialized();
}

/** Most new entities have no key, and share this record. */
const NO_KEYS: Readonly<Record<string, unknown>> = {};

function presentKeys(entity: object): Readonly<Record<string, unknown>> {
  let present: Record<string, unknown> | undefined;
  for (const name of metaOf(entity).primaryKeys)
    if (Object.hasOwn(entity, name)) (present ??= {})[name] = Reflect.get(entity, name);
  return present ?? NO_KEYS;
}

/** The key parts that an entity with a row lost when it left a collection whose owner is a part of its key. */
function lostKeys(entity: object): Readonly<Record<string, unknown>> | undefined {
  const { __meta: meta, __originalEntityData: row, __em: em } = helper(entity);
  if (!meta.compositePK || row === undefined || em === undefined) return undefined;
  const lost = meta.primaryKeys.filter(name => Reflect.get(entity, name) == null);
  return Object.fromEntries(
    lost.map((name): [string, unknown] => {
      const { targetMeta } = Reflect.get(meta.properties, name) as EntityProperty;
      const key = Reflect.get(row, name);
      return [name, targetMeta === undefined ? key : em.getReference(targetMeta.class, key)];
    }),
  );
}
