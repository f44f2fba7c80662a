import {
  type ChangeSet,
  type ChangeSetType,
  type EntityMetadata,
  type EntityProperty,
  ReferenceKind,
} from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/** Whether rows of a class are spread over a table of its own and those of its base classes. */
export function isSpread(meta: EntityMetadata | undefined): boolean {
  return meta?.inheritanceType === 'tpt';
}

/** Whether any class is such a one. */
export function hasSpread(em: Pick<SqlEm, 'getMetadata'>): boolean {
  return [...em.getMetadata().getAll().values()].some(isSpread);
}

/** The classes in whose tables the rows of a class are, itself first. */
export function tablesOf(meta: EntityMetadata): EntityMetadata[] {
  return meta.tptParent === undefined ? [meta] : [meta, ...tablesOf(meta.tptParent)];
}

/** The class whose table has a row for each row of a class, with which those of the other tables are deleted. */
export function baseTable(meta: EntityMetadata): EntityMetadata {
  return isSpread(meta) ? meta.root : meta;
}

/** The class whose table has the columns of a property. */
export function declaringClass(meta: EntityMetadata, name: string): EntityMetadata {
  return tablesOf(meta).find(({ ownProps }) => ownProps?.some(prop => prop.name === name)) ?? meta;
}

/** The relations of which the foreign keys are in the table of a class. */
export function foreignKeysOf(meta: EntityMetadata): EntityProperty[] {
  return (isSpread(meta) ? (meta.ownProps ?? []) : meta.relations).filter(isForeignKey);
}

/** Whether a foreign key in the row of an entity says what it refers to. */
export function isForeignKey({ kind, owner }: EntityProperty): boolean {
  return kind === ReferenceKind.MANY_TO_ONE || (kind === ReferenceKind.ONE_TO_ONE && owner);
}

/** What is written of an entity, one change a table, its own class first. */
export function changesByTable(change: ChangeSet<object>): ChangeSet<object>[] {
  return [change, ...(change.tptChangeSets ?? [])];
}

/** What is written of an entity, whichever table it goes to. */
export function payloadOf(change: ChangeSet<object>): object {
  if (change.tptChangeSets === undefined) return change.payload;
  return Object.assign({}, ...changesByTable(change).map(({ payload }) => payload)) as object;
}

/** Whether a part of the key of an entity is among what is written of it. */
export function writesKey(change: ChangeSet<object>): boolean {
  const payload = payloadOf(change);
  return change.meta.primaryKeys.some(name => name in payload);
}

/** Has all that is written of an entity written at another moment of the flush. */
export function moveTo(type: ChangeSetType, change: ChangeSet<object>): void {
  for (const part of changesByTable(change)) part.type = type;
}
