import { type EntityMetadata, type EntityProperty, ReferenceKind, ScalarReference } from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import { adoptPlain } from '../mikro-orm/embedded-class.ts';
import { assertMapped } from '../entity/assert-entity.ts';
import { assertPartsNamed } from '../entity/embedded-names.ts';
import type { Kind } from '../entity/values/kind.ts';
import { nameOfProperty, type Values } from '../entity/values/values.ts';
import { changedFields } from '../mikro-orm/changed-fields.ts';
import { hasRow, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { persistedEntities, removedEntities } from '../mikro-orm/staged.ts';
import { rejoin } from './attach.ts';
import { neighbours } from './cascade.ts';
import { assertReferences } from './validate.ts';

/** A property with a column, and what it takes, if it holds that and not an object. */
interface Field {
  readonly prop: EntityProperty;
  readonly kind: Kind | undefined;
}

const fields = new WeakMap<EntityMetadata, readonly Field[]>();

/**
 * Gives what was assigned the form that its properties hold, and makes detached objects that what is added refers to the
 * session's again. Each object is looked at once: with thousands of them, each further look costs.
 *
 * @throws MikroscopeError `InvalidValue` for what cannot be written, `UnknownProperty` for what an embedded object does not have, `BadArgument` for a relation that holds no entity of its class,
 * and for an object of a class without a table
 */
export function fitStaged(em: SqlEm, values: Values): void {
  const persisted = persistedEntities(em);
  const removed = new Set(removedEntities(em));
  /** What is new, and staged by a reference alone. */
  const reached = new Set<object>();
  const look = (entity: object, around: readonly object[]) => {
    if (removed.size > 0 && removed.has(entity)) return;
    assertMapped(entity);
    assertReferences(entity);
    fitEntity(em, values, entity);
    for (const one of around) {
      if (hasRow(one)) rejoin(em, one, entity);
      else if (!persisted.has(one)) reached.add(one);
    }
  };
  for (const entity of persisted) look(entity, neighbours(entity));
  for (const entity of entitiesIn(em)) if (!persisted.has(entity)) look(entity, neighbours(entity));
  // The set grows while it is walked.
  for (const entity of reached) look(entity, neighbours(entity));
}

/**
 * Does so for one entity.
 *
 * @returns whether it had to change a value
 * @throws MikroscopeError `InvalidValue`, `UnknownProperty`
 */
export function fitEntity(em: SqlEm, values: Values, entity: object): boolean {
  const meta = metaOf(entity);
  let isChanged = false;
  for (const { prop, kind } of fieldsOf(meta, values)) {
    const value: unknown = Reflect.get(entity, prop.name);
    // Nearly all values fit, so that is found out first.
    if (value == null || kind?.read(value) === value) continue;
    if (fit(em, values, entity, prop, value)) isChanged = true;
  }
  return isChanged;
}

function fieldsOf(meta: EntityMetadata, values: Values): readonly Field[] {
  let known = fields.get(meta);
  if (known === undefined) {
    known = meta.props.filter(hasValue).map(prop => ({
      prop,
      kind: prop.kind === ReferenceKind.SCALAR && prop.ref !== true ? values.kindOf(prop) : undefined,
    }));
    fields.set(meta, known);
  }
  return known;
}

/** The fields of embedded objects are looked at with the objects. */
function hasValue({ kind, persist, formula, embedded, mapToPk }: EntityProperty): boolean {
  if (embedded !== undefined || persist === false || formula !== undefined) return false;
  return kind === ReferenceKind.SCALAR || kind === ReferenceKind.EMBEDDED || mapToPk === true;
}

function fit(em: SqlEm, values: Values, entity: object, prop: EntityProperty, value: unknown): boolean {
  const meta = metaOf(entity);
  const name = nameOfProperty(meta, prop.name);
  // What a row has cannot be wrong, whatever wrote it.
  const isRead = () =>
    hasRow(entity) && !changedFields(em, entity).some(field => rootOf(meta, field) === prop.name);
  if (prop.ref === true) return fitReference(values, entity, prop, value, name);
  const isEmbedded = prop.kind === ReferenceKind.EMBEDDED;
  let read: unknown;
  try {
    read = values.readField(prop, value, name);
    if (isEmbedded) assertPartsNamed(prop, value);
  } catch (error) {
    if (isRead()) return false;
    throw error;
  }
  if (isEmbedded) adoptPlain(prop, value);
  if (isEmbedded ? isDeepStrictEqual(read, value) : read === value) return false;
  if (isRead()) return false;
  if (isEmbedded) values.readField(prop, value, name, true);
  else Reflect.set(entity, prop.name, read);
  return true;
}

/** A scalar behind a reference; what was assigned in the place of the reference is put behind one. */
function fitReference(
  values: Values,
  entity: object,
  prop: EntityProperty,
  value: unknown,
  name: string,
): boolean {
  const isReference = value instanceof ScalarReference;
  const given: unknown = isReference ? value.unwrap() : value;
  if (isReference && given == null) return false;
  const read = values.readField(prop, given, name);
  if (isReference && read === given) return false;
  if (isReference) value.set(read);
  else {
    const reference = new ScalarReference(read, true);
    reference.bind(entity, prop.name as never);
    Reflect.set(entity, prop.name, reference);
  }
  return true;
}

/** The property that a field of an embedded object belongs to. */
function rootOf(meta: EntityMetadata, name: string): string {
  const prop = Object.hasOwn(meta.properties, name) ? Reflect.get(meta.properties, name) : undefined;
  const [outer] = prop?.embedded ?? [];
  return outer === undefined ? name : rootOf(meta, outer);
}
