import { Collection, type EntityProperty, Reference, ReferenceKind } from '@mikro-orm/core';
import type { Expiry } from '../identity-map/expiry.ts';
import { assignedTo } from '../mikro-orm/assigned-targets.ts';
import { changedFields, holdsAnother } from '../mikro-orm/changed-fields.ts';
import { removeOneSided } from '../mikro-orm/collections.ts';
import { hasRow, isLoaded, metaOf, setPastSetter, targetOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { perClass } from '../mikro-orm/per-class.ts';
import { revert } from '../mikro-orm/revert.ts';
import { isRemoved } from '../mikro-orm/staged.ts';
import { membersOf, removesWith, removingIn } from './cascade.ts';
import { isTracked } from './object-states.ts';

interface Session {
  readonly em: SqlEm;
  readonly expiry: Expiry;
}

/** What has to be read before a removal may reach other objects than the one that is removed. */
export interface UnknownReach {
  /** Those that may belong to another one by now. */
  readonly rows: ReadonlySet<object>;
  /** The relations whose members go with the object, and may be others by now. */
  readonly relations: readonly EntityProperty[];
}

/** What is not known of what a removal of an entity reaches: what goes with it, and what loses it from its column. */
export function unknownReach({ em, expiry }: Session, entity: object): UnknownReach | undefined {
  const reaching = reachingIn(metaOf(entity));
  if (reaching.length === 0 || !isTracked(em, entity)) return undefined;
  let rows: Set<object> | undefined;
  let relations: EntityProperty[] | undefined;
  const isKept = (one: object, name: string) => expiry.isDeleted(one) || !isOnlyInRow(em, one, name);
  for (const prop of reaching) {
    const goes = removesWith(prop);
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
    if (hasOwnColumn(prop)) {
      if (!expiry.isFresh(entity) && !isKept(entity, prop.name)) (rows ??= new Set()).add(entity);
      continue;
    }
    const isKnown =
      value instanceof Collection
        ? !value.isPartial() && expiry.isFresh(value)
        : value !== undefined && expiry.isFresh(entity);
    if (goes && !isKnown) (relations ??= []).push(prop);
    const { mappedBy } = prop;
    if (mappedBy === undefined || prop.kind === ReferenceKind.MANY_TO_MANY) continue;
    for (const member of membersOf(entity, prop)) {
      if (!isLoaded(member) || isKept(member, mappedBy) || isRemoved(em, member)) continue;
      if (!expiry.isFresh(member) || (!goes && !isKnown)) (rows ??= new Set()).add(member);
    }
  }
  if (rows === undefined && relations === undefined) return undefined;
  return { rows: rows ?? NOTHING.rows, relations: relations ?? NOTHING.relations };
}

/** The relations by which a removal reaches other objects: they go with it, or lose it from their columns. */
const reachingIn = perClass((meta): readonly EntityProperty[] =>
  meta.relations.filter(prop => removesWith(prop) || isLetGo(prop)),
);

/** The entity, and what goes with it, as far as that is known: more may go with any of them. */
export function knownToGoWith(session: Session, entity: object): Set<object> {
  return goingWith(session, [entity], (member, rows) => !rows.has(member));
}

/** Entities and what goes with them, also what is known to have been in a relation when that was read. It decides nothing. */
export function seenToGoWith(session: Session, entities: Iterable<object>): Set<object> {
  return goingWith(session, entities, () => true);
}

function goingWith(
  session: Session,
  entities: Iterable<object>,
  isKnown: (member: object, unknown: ReadonlySet<object>) => boolean,
): Set<object> {
  const found = new Set(entities);
  // The set grows while it is walked.
  for (const one of found) {
    const removing = removingIn(metaOf(one));
    if (removing.length === 0) continue;
    const { rows, relations } = unknownReach(session, one) ?? NOTHING;
    for (const prop of removing) {
      for (const member of givenTo(session, one, prop)) found.add(member);
      if (relations.includes(prop) || (hasOwnColumn(prop) && rows.has(one))) continue;
      for (const member of membersOf(one, prop))
        if (hasRow(member) && isKnown(member, rows)) found.add(member);
    }
  }
  return found;
}

const NOTHING: UnknownReach = { rows: new Set(), relations: [] };

/** Whether an entity has in a relation what its row has, as far as that is known, and nothing that was assigned. */
export function isOnlyInRow(em: SqlEm, entity: object, name: string): boolean {
  if (!isTracked(em, entity)) return false;
  if (isLetGoOf(entity, name)) return !holdsAnother(em, entity, name);
  return !changedFields(em, entity).includes(name);
}

/** What was assigned an entity that has a relation without a column to it, and is to be there whatever the rows say. */
export function givenTo({ em, expiry }: Session, entity: object, prop: EntityProperty): object[] {
  return assignedTo(entity, prop).filter(
    one => isTracked(em, one) && !expiry.isDeleted(one) && !isOnlyInRow(em, one, prop.mappedBy),
  );
}

/** Whether an entity has lost what its row has in a relation, as the owner of the list that has the entity was removed. */
function isEmptied(em: SqlEm, entity: object, name: string): boolean {
  return isLetGoOf(entity, name) && !holdsAnother(em, entity, name);
}

/** Whether MikroORM has taken the accessor off a relation, which keeps what it led to. */
function isLetGoOf(entity: object, name: string): boolean {
  return !Object.hasOwn(entity, name) && targetOf(entity, { name }) !== undefined;
}

/** Takes back that removed objects have let go of an entity: its row says by now who has it. */
export function takeHold(em: SqlEm, entity: object): void {
  const changed = changedFields(em, entity);
  const kept = changed.filter(name => !isEmptied(em, entity, name));
  if (kept.length < changed.length) revert(em, entity, kept);
}

/** The entity, and what its removal has reached, with the lists that say so. */
export function reachedFrom(em: SqlEm, entity: object): object[] {
  const found = [entity];
  for (const prop of reachingIn(metaOf(entity))) {
    const goes = removesWith(prop);
    const value: unknown = Reflect.get(entity, prop.name);
    if (value instanceof Collection) found.push(value);
    for (const member of membersOf(entity, prop)) if (goes || !isOfItsVersion(em, member)) found.push(member);
  }
  return found;
}

/** Whether an entity has changes that are to be written onto the version that was read, and onto no other one. */
function isOfItsVersion(em: SqlEm, entity: object): boolean {
  if (metaOf(entity).versionProperty === undefined) return false;
  return changedFields(em, entity).some(name => !isEmptied(em, entity, name));
}

/** Lets go of what is no member of a relation without a column, on this side alone. */
export function leave(entity: object, prop: EntityProperty, isNone: (member: object) => boolean): void {
  if (hasOwnColumn(prop)) return;
  for (const member of membersOf(entity, prop).filter(isNone)) {
    const value: unknown = Reflect.get(entity, prop.name);
    if (value instanceof Collection) removeOneSided(value as Collection<object>, member);
    else setPastSetter(entity, prop.name, null);
  }
}

function hasOwnColumn({ kind, owner }: EntityProperty): boolean {
  return kind === ReferenceKind.MANY_TO_ONE || (kind === ReferenceKind.ONE_TO_ONE && owner);
}

/** Whether what is in a list has its column emptied as the owner of the list is removed. */
function isLetGo({ kind, mappedBy, targetMeta }: EntityProperty): boolean {
  if (kind !== ReferenceKind.ONE_TO_MANY) return false;
  return targetMeta?.properties[mappedBy as never]?.['nullable'] === true;
}
