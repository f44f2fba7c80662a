import {
  Collection,
  type EntityMetadata,
  type EntityProperty,
  helper,
  JsonType,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { changedFields } from './changed-fields.ts';
import { takeBack } from './collections.ts';
import { isNoTarget, putBackTarget } from './displaced-targets.ts';
import { isAsRead } from './embedded-class.ts';
import { isEntity } from './entity-state.ts';
import { columnsOf, wholeFields } from './embedded-columns.ts';
import { keepObjects } from './same-objects.ts';
import { forgetLostParts } from './embedded-parts.ts';
import { recallInRow } from './keep-assigned.ts';
import type { SqlEm } from './orm.ts';
import { findTargets } from './target-keys.ts';

type Data = Record<string, unknown>;

/**
 * Sets the fields that have changed to what they were when last read, as MikroORM's factory does when a row is read. What
 * the row holds may not be known: then the field is unset, to be read again.
 *
 * @param kept the names of fields that stay as they are
 */
export function revert(em: SqlEm, entity: object, kept: Iterable<string> = []): void {
  const wrapped = helper(entity);
  const row = wrapped.__originalEntityData as Data | undefined;
  if (row === undefined) return;
  const meta = wrapped.__meta;
  const staying = wholeFields(meta, kept);
  const changed = [...wholeFields(meta, changedFields(em, entity))].filter(prop => !staying.has(prop));
  for (const prop of changed) leaveOtherSide(entity, prop);
  const [known, unknown] = [[] as string[], [] as EntityProperty[]];
  for (const prop of changed) {
    const columns = columnsOf(meta, prop);
    recallInRow(entity, columns);
    // Of the other side of a one-to-one relation only what is no target is found to have changed.
    if (prop.kind === ReferenceKind.ONE_TO_ONE && !prop.owner) {
      if (!putBackTarget(entity, prop)) unknown.push(prop);
      continue;
    }
    if (columns.some(name => !(name in row))) unknown.push(prop);
    else known.push(...columns);
    if (!isReadInto(prop, wrapped.__data[prop.name])) unset(entity, prop);
  }
  for (const prop of unknown) forgetField(entity, prop);
  if (known.length === 0) return;
  const inRow = Object.fromEntries(known.map(name => [name, row[name]]));
  const data = asRead(em, meta, { ...inRow });
  forgetLostParts(entity, meta, data);
  const putBack = keepObjects(em, entity, meta);
  const hydrator = em.config.getHydrator(em.getMetadata());
  hydrator.hydrate(entity, meta, data, em.getEntityFactory(), 'full', false, true, wrapped.__schema);
  findTargets(em);
  putBack();
  // MikroORM takes what the target of a relation has as its key now for what the row has.
  Object.assign(row, inRow);
}

/** MikroORM reads into the object or reference that is there, and not into anything else. */
function isReadInto(prop: EntityProperty, value: unknown): boolean {
  if (prop.kind === ReferenceKind.MANY_TO_ONE || prop.kind === ReferenceKind.ONE_TO_ONE)
    return !isNoTarget(prop, value);
  if (prop.kind === ReferenceKind.EMBEDDED && prop.array !== true) return isAsRead(prop, value);
  return typeof value === 'object' || (prop.kind !== ReferenceKind.EMBEDDED && prop.ref !== true);
}

/** Takes the entity out of the other side of a relation, which the assignment put it into. */
function leaveOtherSide(entity: object, { name, inversedBy, mappedBy }: EntityProperty): void {
  const other = inversedBy ?? mappedBy;
  const target: unknown = Reference.unwrapReference(Reflect.get(entity, name));
  if (other === undefined || !isEntity(target)) return;
  const side: unknown = Reflect.get(target, other);
  if (side instanceof Collection) takeBack(side as Collection<object>, entity);
  else if (Reference.unwrapReference(side as object) === entity) {
    delete helper(target).__data[other];
    helper(target).__loadedProperties.delete(other);
  }
}

/** Makes a field one of which nobody knows what its row holds, and which is no change. */
export function forgetField(entity: object, prop: EntityProperty): void {
  const { __originalEntityData: row, __meta: meta } = helper(entity);
  unset(entity, prop);
  // The columns of an embedded object that are known would make it look changed until it is read.
  for (const name of columnsOf(meta, prop)) Reflect.deleteProperty(row ?? {}, name);
}

/** Makes a field one that was not read. */
export function unset(entity: object, { name }: EntityProperty): void {
  const { __data: data, __loadedProperties: loaded } = helper(entity);
  delete data[name];
  loaded.delete(name);
}

/**
 * MikroORM keeps JSON as text to compare it, even if the driver gives it parsed; bytes and dates, which may be changed in
 * place, are to be compared with others.
 */
function asRead(em: SqlEm, meta: EntityMetadata, row: Data): Data {
  const data = { ...row };
  for (const [name, value] of Object.entries(row)) {
    if (value instanceof Uint8Array) data[name] = Buffer.from(value);
    else if (value instanceof Date) data[name] = new Date(value);
  }
  if (!em.getPlatform().convertsJsonAutomatically()) return data;
  for (const { name, kind, customType } of meta.props) {
    const text = data[name];
    if (kind === ReferenceKind.SCALAR && customType instanceof JsonType && typeof text === 'string')
      data[name] = JSON.parse(text) as unknown;
  }
  return data;
}
