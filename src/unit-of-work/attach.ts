import { Collection, type EntityProperty, Reference, ReferenceKind } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { changedFields, isDirty } from '../mikro-orm/changed-fields.ts';
import { isForeignKey } from '../mikro-orm/class-tables.ts';
import { forgetItem } from '../mikro-orm/collections.ts';
import {
  hasRow,
  isEntity,
  isFieldLoaded,
  isLoaded,
  keyOf,
  metaOf,
  nameOf,
  ownerOf,
  setPastSetter,
  targetOf,
} from '../mikro-orm/entity-state.ts';
import { giveWay } from '../mikro-orm/given-way.ts';
import { entitiesOf, manage, sameRowIn, unmanage } from '../mikro-orm/identity-map.ts';
import { otherSide } from '../mikro-orm/orphans.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { referringProperties } from '../mikro-orm/referrers.ts';
import { isPersisted, unstage } from '../mikro-orm/staged.ts';
import { replaceItem } from '../mikro-orm/take-out.ts';
import { membersOf, neighbours, newEntities } from './cascade.ts';
import { deletionOf } from './deletions.ts';
import { quietlyIn } from '../mikro-orm/watchers.ts';
import { holdersIn } from './holders.ts';
import { isDetached, isPending, isTracked } from './object-states.ts';

/**
 * Makes a detached entity the session's again.
 *
 * @throws MikroscopeError `BadArgument` if the session has another object for its row
 */
export function attach(em: SqlEm, entity: object): void {
  if (!canTakeBack(em, entity)) throw hasAnother(entity);
  takeBack(em, [entity]);
}

function hasAnother(entity: object): MikroscopeError {
  return new MikroscopeError(
    'BadArgument',
    `The session has another object for ${nameOf(entity)}`,
    'merge() copies this one onto it.',
  );
}

/** What only stands for the row, as what expunge() leaves behind does, gives way. */
function canTakeBack(em: SqlEm, entity: object): boolean {
  return ownFor(em, entity) === entity;
}

/** The object that the session has loaded, or changed, for the row of an entity; the entity itself if there is none. */
export function ownFor(em: SqlEm, entity: object): object {
  const present = sameRowIn(em, entity);
  return present !== undefined && (isLoaded(present) || isDirty(em, present)) ? present : entity;
}

/**
 * Makes a detached entity the session's again because something of the session refers to it, as SQLAlchemy's cascade does. A
 * flush would write it all the same. Where the session has another object for its row, or the entity is another
 * EntityManager's, what refers to it gets the session's own.
 *
 * @throws MikroscopeError `BadArgument` where that would not do, as the row of the entity would be written: by the relation, or
 * as it was changed while it was detached
 */
export function rejoin(em: SqlEm, entity: object, referrer: object): void {
  if (isAtHome(em, entity)) return;
  if (isOwnOf(em, entity) && canTakeBack(em, entity)) return takeBack(em, detachedFrom(em, entity));
  for (const prop of metaOf(referrer).relations.filter(each => holds(referrer, each, entity))) {
    if (holdsChanges(em, entity, referrer)) throw refusal(em, entity);
    if (isWrittenBy(prop)) followOwn(em, entity, prop, referrer);
    else {
      const list: unknown = Reflect.get(referrer, prop.name);
      if (list instanceof Collection) replaceItem(list as Collection<object>, entity, inPlaceOf(em, entity));
      else Reflect.set(referrer, prop.name, inPlaceOf(em, entity));
    }
  }
}

/**
 * Lets a relation that its target writes hold the session's object in the place of a detached one, if that refers to the same,
 * and nothing if it refers to something else by now.
 *
 * @throws MikroscopeError `BadArgument` where the detached one would be written by the relation
 */
function followOwn(em: SqlEm, entity: object, prop: EntityProperty, referrer: object): void {
  const side = otherSide(prop);
  if (side === undefined || !isOwnOf(em, entity) || targetOf(entity, side) !== referrer)
    throw refusal(em, entity);
  const own = inPlaceOf(em, entity);
  const isUnknown = !isFieldLoaded(own, side.name) && !changedFields(em, own).includes(side.name);
  const stays = isUnknown || targetOf(own, side) === referrer;
  const list: unknown = Reflect.get(referrer, prop.name);
  if (!(list instanceof Collection)) pointAt(referrer, prop, stays ? own : null);
  else if (stays) replaceItem(list as Collection<object>, entity, own);
  else forgetItem(list as Collection<object>, entity);
}

/**
 * Does so for what is assigned to an entity, or added to a list of it, if the session has that entity.
 *
 * @param prop the relation that is to hold it, if it does not yet
 */
export function rejoinBy(em: SqlEm, referrer: object, value: unknown, prop?: EntityProperty): void {
  const target: unknown = Reference.unwrapReference(value as object);
  // To look whether an object is pending may take a walk.
  if (!isEntity(target) || isAtHome(em, target)) return;
  if (!isTracked(em, referrer) && !isPending(em, referrer)) return;
  if (prop === undefined) return rejoin(em, target, referrer);
  if (isOwnOf(em, target) && canTakeBack(em, target)) takeBack(em, detachedFrom(em, target));
  else if (isWrittenBy(prop) || holdsChanges(em, target, referrer)) throw refusal(em, target);
}

/** Whether an entity has changes that nobody would write; what refers to it may be in its lists for that. */
function holdsChanges(em: SqlEm, entity: object, referrer: object): boolean {
  return isOwnOf(em, entity) && isDirty(em, entity, referrer);
}

/** Whether an entity is the session's, or has no row that could be. */
function isAtHome(em: SqlEm, entity: object): boolean {
  return !hasRow(entity) || (isOwnOf(em, entity) && !isDetached(em, entity));
}

function isOwnOf(em: SqlEm, entity: object): boolean {
  const owner = ownerOf(entity);
  return owner === undefined || owner === em;
}

function inPlaceOf(em: SqlEm, entity: object): object {
  const own = ownFor(em, entity);
  return own === entity ? em.getReference(metaOf(entity).class, keyOf(entity) as never) : own;
}

function refusal(em: SqlEm, entity: object): MikroscopeError {
  return isOwnOf(em, entity) ? hasAnother(entity) : isElsewhere(entity);
}

/** Whether a relation is written with what it leads to, and not with what has it. */
function isWrittenBy({ kind, owner }: EntityProperty): boolean {
  return kind === ReferenceKind.ONE_TO_MANY || (kind !== ReferenceKind.MANY_TO_ONE && !owner);
}

function holds(referrer: object, { name }: EntityProperty, entity: object): boolean {
  const value: unknown = Reflect.get(referrer, name);
  return value instanceof Collection
    ? value.contains(entity, false)
    : Reference.unwrapReference(value as object) === entity;
}

/**
 * Makes detached entities the session's again, in the place of whatever stands for their rows since.
 *
 * @throws MikroscopeError `ObjectDeleted` if one of them refers to what was removed meanwhile, which a flush would insert again
 */
function takeBack(em: SqlEm, coming: Iterable<object>): void {
  quietlyIn(em, () => {
    for (const one of coming) assertTargets(em, one);
    for (const one of coming) letGoOfDeleted(em, one);
  });
  for (const one of coming) {
    const present = sameRowIn(em, one);
    if (present !== undefined && present !== one) {
      expunge(em, present);
      giveWay(em, present);
      replaceReferences(em, present, one);
    }
    manage(em, one);
  }
}

/**
 * A detached entity, and those that a flush would come to from there, by new objects too. One for whose row there is another
 * object is not among them.
 */
function detachedFrom(em: SqlEm, entity: object): Set<object> {
  const found = new Set([entity]);
  const seen = new Set([entity]);
  const look = (next: object) => {
    if (seen.has(next) || isPersisted(em, next) || deletionOf(next) !== undefined) return;
    if (hasRow(next)) {
      if (isAtHome(em, next) || !isOwnOf(em, next) || !canTakeBack(em, next)) return;
      found.add(next);
    }
    seen.add(next);
  };
  quietlyIn(em, () => {
    // The set grows while it is walked.
    for (const one of seen) neighbours(one).forEach(look);
  });
  return found;
}

function assertTargets(em: SqlEm, entity: object): void {
  const meta = metaOf(entity);
  for (const prop of meta.relations) {
    if (!isForeignKey(prop)) continue;
    const target: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
    if (!isEntity(target) || deletionOf(target) === undefined || isToBeInserted(em, target)) continue;
    throw new MikroscopeError(
      'ObjectDeleted',
      `${nameOf(entity)} refers to ${nameOf(target)} by ${prop.name}, and that was removed`,
      prop.primary === true
        ? 'Its row went with that: make a new one.'
        : `add() the ${metaOf(target).className} before, or let ${prop.name} refer to something else.`,
    );
  }
}

/** Whether a flush would insert an object without what is detached, which may be all that leads to it. */
function isToBeInserted(em: SqlEm, entity: object): boolean {
  if (hasRow(entity)) return false;
  return newEntities(em, one => hasRow(one) && isDetached(em, one)).includes(entity);
}

/** What was deleted meanwhile could not leave what was not in the session, and a flush would insert it again. */
function letGoOfDeleted(em: SqlEm, entity: object): void {
  for (const prop of metaOf(entity).relations) {
    if (isForeignKey(prop)) continue;
    const value: unknown = Reflect.get(entity, prop.name);
    for (const member of membersOf(entity, prop)) {
      if (deletionOf(member) === undefined || isPersisted(em, member)) continue;
      if (value instanceof Collection) forgetItem(value as Collection<object>, member);
      else pointAt(entity, prop, null);
    }
  }
}

/** @throws MikroscopeError `BadArgument` for an entity of another session, or of a fork of this one's EntityManager */
export function assertOwn(em: SqlEm, entity: object): void {
  if (!isOwnOf(em, entity)) throw isElsewhere(entity);
}

function isElsewhere(entity: object): MikroscopeError {
  return new MikroscopeError(
    'BadArgument',
    `This ${metaOf(entity).className} belongs to another session or EntityManager`,
    'merge() copies it into this session.',
  );
}

/** Takes an entity out of the unit of work, staged or not. It keeps its values. */
export function expunge(em: SqlEm, entity: object): void {
  unmanage(em, entity);
  unstage(em, entity);
}

/**
 * Makes what stays in the session refer to another object of the row, and no longer to the one that has left: a flush would
 * cascade to that one.
 *
 * @param by the other object; a reference to the row by default
 */
export function replaceReferences(em: SqlEm, left: object, by?: object): void {
  const meta = metaOf(left);
  const reference = () => by ?? em.getReference(meta.class, keyOf(left) as never);
  for (const { meta: other, prop } of referringProperties(meta)) {
    if (prop.kind === ReferenceKind.MANY_TO_MANY || prop.kind === ReferenceKind.ONE_TO_MANY) {
      for (const referrer of entitiesOf(em, other.root)) {
        const list: unknown = Reflect.get(referrer, prop.name);
        if (list instanceof Collection && list.contains(left, false)) replaceItem(list, left, reference());
      }
      continue;
    }
    const holders = holdersIn(em, other, prop);
    const held = holders.get(left);
    if (held === undefined) continue;
    const target = reference();
    // What has left meanwhile keeps what it refers to.
    for (const referrer of held) if (sameRowIn(em, referrer) === referrer) pointAt(referrer, prop, target);
    holders.delete(left);
    holders.set(target, [...(holders.get(target) ?? []), ...held]);
  }
}

/** Past the setter, which would change the collections of the entity that has left. */
export function pointAt(referrer: object, prop: EntityProperty, target: object | null): void {
  const value = target && Reference.wrapReference(target, prop as never);
  const hasSetter = Object.getOwnPropertyDescriptor(referrer, prop.name)?.get !== undefined;
  if (hasSetter) setPastSetter(referrer, prop.name, value);
  else Reflect.set(referrer, prop.name, value);
}
