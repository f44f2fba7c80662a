import { type EntityMetadata, type EntityProperty, Reference, ReferenceKind } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { changedFields } from '../mikro-orm/changed-fields.ts';
import { isComputed } from '../mikro-orm/computed-fields.ts';
import {
  hasKey,
  hasRow,
  isEntity,
  isFieldKnown,
  isLetGoBy,
  isLoaded,
  isManagedBy,
  keyOf,
  metaOf,
  ownerOf,
} from '../mikro-orm/entity-state.ts';
import { lazyFieldsOf } from '../mikro-orm/lazy-fields.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { byKeys } from '../mikro-orm/row-keys.ts';
import { assertReadForCopy } from '../unit-of-work/unread-fields.ts';
import { isDetached } from '../unit-of-work/object-states.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import { MergeRun } from './merge-run.ts';
import { REFRESH } from './row-loader.ts';

/**
 * Copies the fields of a detached entity onto the session's own object for the row, or onto a new one. What they refer to are
 * the session's own objects, too.
 *
 * @throws MikroscopeError `InvalidState` if they refer to a new object
 */
export async function merge<T extends object>(unit: UnitOfWork, entity: T): Promise<T> {
  const { em } = unit;
  if (ownerOf(entity) === em && !isLetGoBy(em, entity) && !isDetached(em, entity)) return entity;
  const meta = metaOf(entity) as EntityMetadata<T>;
  const run = runOf(unit);
  await run.begin();
  const key = keyOf(entity);
  const fields = meta.props.filter(prop => {
    const isList = prop.kind === ReferenceKind.ONE_TO_MANY || prop.kind === ReferenceKind.MANY_TO_MANY;
    return prop.persist !== false && !isList && !isComputed(prop);
  });
  // What is copied is compared with the row.
  const populate = lazyFieldsOf(meta).filter(name => isFieldKnown(entity, name));
  const find = () =>
    em.find(meta.class, byKeys(meta, [entity]), { ...REFRESH, populate } as never) as Promise<T[]>;
  const made = run.made(entity) as T | undefined;
  const present = made ?? (key == null ? undefined : await run.find(entity, find));
  const own: Own = (value, name) => ownOf(em, run, value, name);
  const isGiven = givenBy(unit, entity);
  const values = fields.flatMap((prop): [string, unknown][] => {
    const { name, primary } = prop;
    const value: unknown = Reflect.get(entity, name);
    return value === undefined || (present !== undefined && (primary || !isGiven(name)))
      ? []
      : [[name, copyOf(prop, value, `${meta.className}.${name}`, own)]];
  });
  if (present === undefined) {
    assertReadForCopy(entity);
    const created = em.create(meta.class, Object.fromEntries(values) as never);
    run.end(created);
    return created;
  }
  if (present !== made) unit.expiry.markFresh(present);
  for (const [name, value] of values) if (!refersTo(present, name, value)) Reflect.set(present, name, value);
  run.end();
  return present;
}

/** Of what has expired only what was assigned since is known, as in SQLAlchemy. */
function givenBy({ em, expiry }: UnitOfWork, entity: object): (name: string) => boolean {
  if (ownerOf(entity) !== em || !hasRow(entity) || expiry.isFresh(entity)) return () => true;
  const changed = new Set(changedFields(em, entity));
  return name => changed.has(name);
}

const runs = new WeakMap<UnitOfWork, MergeRun>();

function runOf(unit: UnitOfWork): MergeRun {
  const run = runs.get(unit) ?? new MergeRun(unit);
  runs.set(unit, run);
  return run;
}

type Own = (value: unknown, name: string) => unknown;

/** A value for another object: what it refers to, also from within embedded objects, are the session's own. */
function copyOf(prop: EntityProperty, value: unknown, name: string, own: Own): unknown {
  if (prop.kind !== ReferenceKind.EMBEDDED || typeof value !== 'object' || value === null)
    return own(value, name);
  if (Array.isArray(value)) return value.map(item => copyOf(prop, item, name, own));
  const copy = Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value);
  for (const [part, inner] of Object.entries(prop.embeddedProps)) {
    const held: unknown = Reflect.get(copy, part);
    if (held !== undefined) Reflect.set(copy, part, copyOf(inner, held, `${name}.${part}`, own));
  }
  return copy;
}

/**
 * The session's own object in the place of a detached one.
 *
 * @throws MikroscopeError `InvalidState` for one without a row: what it refers to may be detached objects, too
 */
function ownOf(em: SqlEm, run: MergeRun, value: unknown, name: string): unknown {
  const held: unknown = Reference.isReference(value) ? Reference.unwrapReference(value) : value;
  if (!isEntity(held) || isManagedBy(em, held)) return held;
  if (hasKey(held) && (hasRow(held) || !isLoaded(held)))
    return run.made(held) ?? em.getReference(metaOf(held).class, keyOf(held) as never);
  throw new MikroscopeError(
    'InvalidState',
    `${name} is a new ${metaOf(held).className}, and merge() only copies what has a row`,
    'Assign it to the object that merge() gives.',
  );
}

/** Assigning it once more would be a change of the other side, which may not be loaded. */
function refersTo(entity: object, name: string, value: unknown): boolean {
  return isEntity(value) && Reference.unwrapReference(Reflect.get(entity, name) as object) === value;
}
