import { Collection, type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { isComputed } from '../mikro-orm/computed-fields.ts';
import { hasRow, isFieldKnown, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { notesOf } from '../mikro-orm/own-notes.ts';
import { perClass } from '../mikro-orm/per-class.ts';
import { newEntities } from './cascade.ts';
import { lazyFieldsOf, unloadedLazyFields } from '../mikro-orm/lazy-fields.ts';

/** The objects whose rows this program has inserted: what was not set of them is what the database gives a row. */
const inserted = new WeakSet<object>();

/** The fields and lists that nobody had read when the row of an object was deleted. */
const unread = new WeakMap<object, readonly string[]>();

/** Until there are any, none are looked for among thousands of new objects. */
let hasUnread = false;

/** Notes that the flush under way inserts the row of an object. */
export function noteInserted(entity: object): void {
  if (lazyFieldsOf(metaOf(entity)).length > 0) inserted.add(entity);
}

/** The objects whose rows `update()` may have given something since they were read. */
const updated = new WeakSet<object>();

/** Notes that `update()` has written rows of a class: what was not set of those that were inserted may have been given something. */
export function noteUpdated(em: SqlEm, { root }: EntityMetadata): void {
  for (const entity of entitiesOf(em, root)) {
    inserted.delete(entity);
    updated.add(entity);
  }
}

/** Whether `update()` may have given the row of an object something, if that was not read since. */
export function mayBeUpdated(entity: object): boolean {
  return updated.has(entity);
}

/** Notes what is not known of a row that is about to be deleted. */
export function noteUnread(entity: object): void {
  if (!hasRow(entity)) return;
  const names = [...unreadOf(entity), ...listsOf(entity).filter(name => !isKnown(entity, name))];
  if (names.length > 0) hasUnread = true;
  if (hasUnread) unread.set(entity, names);
}

/**
 * @throws MikroscopeError `ObjectDeleted` for an object whose row is deleted, and was not read as a whole before: another row
 * would have nothing, or a default, where that one had something
 */
export function assertRead(entity: object): void {
  if (!hasUnread || hasRow(entity)) return;
  const names = stillUnread(entity);
  if (names.length > 0) throw deletedUnread(entity, names);
}

/** Does so for all that a flush would insert, before MikroORM gives them defaults. */
export function assertNewRead(em: SqlEm): void {
  if (hasUnread) for (const entity of newEntities(em)) assertRead(entity);
}

/**
 * Does so for one whose row may have been deleted by anybody, and which is to be inserted as another object, of which the
 * lists are its own.
 */
export function assertReadForCopy(entity: object): void {
  const lists = new Set(listsOf(entity));
  const names = hasRow(entity) ? unreadOf(entity) : stillUnread(entity).filter(name => !lists.has(name));
  if (names.length > 0) throw deletedUnread(entity, names);
}

function stillUnread(entity: object): readonly string[] {
  const lost = notesOf(entity)?.deletion === 'committed' ? unlinkedIn(metaOf(entity)) : [];
  return unread.get(entity)?.filter(name => !lost.includes(name) && !isKnown(entity, name)) ?? [];
}

/** The lists of what goes on without its owner: once the deletion of that is committed, it has lost it for good. */
const unlinkedIn = perClass((meta): readonly string[] =>
  meta.relations
    .filter(prop => prop.kind === ReferenceKind.ONE_TO_MANY && columnOf(prop)?.deleteRule !== 'cascade')
    .map(({ name }) => name),
);

function unreadOf(entity: object): readonly string[] {
  if (inserted.has(entity)) return unloadedLazyFields(entity);
  return columnsReadIn(metaOf(entity)).filter(name => !isFieldKnown(entity, name));
}

/** The lists of which the rows that link the object to others go with its own, or are unlinked. */
function listsOf(entity: object): readonly string[] {
  return losingIn(metaOf(entity));
}

const losingIn = perClass((meta): readonly string[] =>
  meta.relations.filter(mayLose).map(({ name }) => name),
);

/** What has to refer to something keeps that, unless it goes with it. */
function mayLose(prop: EntityProperty): boolean {
  if (prop.kind !== ReferenceKind.ONE_TO_MANY) return prop.kind === ReferenceKind.MANY_TO_MANY;
  const column = columnOf(prop);
  return column?.nullable === true || column?.deleteRule === 'cascade';
}

/** The property of the items by which they refer to the owner of a list. */
function columnOf({ targetMeta, mappedBy }: EntityProperty): EntityProperty | undefined {
  return targetMeta?.properties[mappedBy as never];
}

function isKnown(entity: object, name: string): boolean {
  const value: unknown = Reflect.get(entity, name);
  return value instanceof Collection ? value.isInitialized() : isFieldKnown(entity, name);
}

/** The fields of which a row has what somebody has given it. */
const columnsReadIn = perClass((meta): readonly string[] => {
  const isGiven = ({
    name,
    kind,
    owner,
    primary,
    version,
    persist,
    formula,
    embedded,
    hydrate,
  }: EntityProperty) =>
    kind !== ReferenceKind.ONE_TO_MANY &&
    kind !== ReferenceKind.MANY_TO_MANY &&
    (kind !== ReferenceKind.ONE_TO_ONE || owner) &&
    primary !== true &&
    version !== true &&
    persist !== false &&
    formula === undefined &&
    embedded === undefined &&
    hydrate !== false &&
    name !== meta.root.discriminatorColumn;
  return meta.props.filter(prop => isGiven(prop) && !isComputed(prop)).map(({ name }) => name);
});

function deletedUnread(entity: object, names: readonly string[]): MikroscopeError {
  const { className } = metaOf(entity);
  const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
  const [what, them] =
    names.length === 1
      ? [`${className}.${names[0]} was`, 'it']
      : [`${names.slice(0, maxNames).join(', ')}${more} of this ${className} were`, 'them'];
  return new MikroscopeError(
    'ObjectDeleted',
    `${what} never read, and the row is deleted: a new one would be without ${them}`,
    `Assign ${them} first, also null or []. rollback() brings back a row whose deletion is not committed.`,
  );
}

/** How many fields an error names. */
const maxNames = 4;
