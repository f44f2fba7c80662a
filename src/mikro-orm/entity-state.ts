import { datesWhole } from './date-keys.ts';
import {
  type EntityMetadata,
  type EntityProperty,
  helper,
  Reference,
  ScalarReference,
  Utils,
} from '@mikro-orm/core';
import { doorOf } from './identity-door.ts';
import type { SqlEm } from './orm.ts';

/** Whether a value is an entity; an object that an entity embeds is not. */
export function isEntity(value: unknown): value is object {
  return Utils.isEntity(value);
}

/** What a relation of an object leads to, as far as it is in memory, if that is one object. */
export function targetOf(entity: object, { name }: Pick<EntityProperty, 'name'>): object | undefined {
  const target: unknown = Reference.unwrapReference(heldIn(entity, name) as object);
  return isEntity(target) ? target : undefined;
}

/**
 * What a field of an object holds, which is its own until it is first assigned. MikroORM makes no accessor of a relation in the
 * key that has no other side.
 */
export function heldIn(entity: object, name: string): unknown {
  const own = Object.getOwnPropertyDescriptor(entity, name);
  return own !== undefined && 'value' in own ? own.value : helper(entity).__data[name];
}

/** Whether a value is an entity of a class. What is known of an unread reference may be no more than its base class. */
export function couldBe({ class: type, prototype }: EntityMetadata, value: unknown): boolean {
  if (value instanceof type) return true;
  if (!isEntity(value)) return false;
  return !isLoaded(value) && prototype instanceof metaOf(value).class;
}

/** MikroORM keeps the metadata of an entity's class on its prototype. */
export function metaOf(entity: object): EntityMetadata {
  return (entity as { readonly __meta: EntityMetadata }).__meta;
}

/** The EntityManager that loaded the entity, or that it was persisted or referenced with. */
export function ownerOf(entity: object): ReturnType<typeof helper>['__em'] {
  return helper(entity).__em;
}

/** Whether this EntityManager tracks the row of the entity. MikroORM does from the INSERT to the DELETE of the row. */
export function isManagedBy(em: SqlEm, entity: object): boolean {
  const wrapped = helper(entity);
  return wrapped.__em === em && wrapped.__managed && doorOf(em).has(entity);
}

/** Whether this EntityManager has let go of the entity, as by `em.clear()`, and MikroORM did not tell the entity. */
export function isLetGoBy(em: SqlEm, entity: object): boolean {
  const wrapped = helper(entity);
  return wrapped.__em === em && wrapped.__managed && !doorOf(em).has(entity);
}

/** Whether the row was read. MikroORM knows only the key of a reference. */
export function isLoaded(entity: object): boolean {
  return helper(entity).__initialized;
}

/**
 * Whether a field was read. MikroORM keeps the names, among which a lazy field is missing until it is, and of an embedded
 * object with columns of its own those.
 */
export function isFieldLoaded(entity: object, name: string): boolean {
  const { __loadedProperties: loaded, __meta: meta } = helper(entity);
  if (loaded.has(name)) return true;
  const parts = (Reflect.get(meta.properties, name) as EntityProperty | undefined)?.embeddedProps;
  return parts !== undefined && Object.values(parts).some(part => isFieldLoaded(entity, part.name));
}

/** Whether the row of an entity was not read, or was read without a lazy field. */
export function isUnread(entity: object, name: string): boolean {
  if (!isLoaded(entity)) return true;
  const prop = Reflect.get(metaOf(entity).properties, name);
  return prop.lazy === true && hasRow(entity) && !isFieldLoaded(entity, name);
}

/** Whether a field holds a value: it was read, or assigned. */
export function isFieldKnown(entity: object, name: string): boolean {
  if (isFieldLoaded(entity, name)) return true;
  const value: unknown = helper(entity).__data[name];
  return value instanceof ScalarReference ? value.isInitialized() : value !== undefined;
}

/**
 * What the row held when it was last read or written. MikroORM compares an entity with it to find out what to write,
 * inserts an entity that has none, and takes it away after a DELETE.
 */
export function rowSnapshotOf(entity: object): Readonly<Record<string, unknown>> | undefined {
  return helper(entity).__originalEntityData;
}

/** Whether the entity has a row, as far as MikroORM knows. */
export function hasRow(entity: object): boolean {
  return helper(entity).__originalEntityData !== undefined;
}

export function hasKey(entity: object): boolean {
  return helper(entity).hasPrimaryKey();
}

/** The primary key, or a list of its parts, in which a relation stands as its own key. */
export function keyOf(entity: object): unknown {
  return helper(entity).getPrimaryKey();
}

/** The parts of the primary key; one if it is a single field. */
export function keyPartsOf(entity: object): readonly unknown[] {
  return helper(entity).getPrimaryKeys() ?? [];
}

/**
 * What the row has as a part of its key, in the form of a condition: an assigned key counts from the flush on.
 *
 * @param row what the row holds, where that is not what the entity knows
 */
export function rowKeyPart(
  entity: object,
  name: string,
  row: object | undefined = helper(entity).__originalEntityData,
): unknown {
  const { __meta: meta, __platform: platform } = helper(entity);
  const prop = Reflect.get(meta.properties, name) as EntityProperty;
  const value: unknown = row === undefined ? undefined : Reflect.get(row, name);
  if (value == null) return partOf(Reflect.get(entity, name));
  return prop.customType && prop.targetMeta === undefined
    ? (prop.customType.convertToJSValue(value, platform) as unknown)
    : value;
}

/** The key of the row as text. @param row what the row holds, as for {@link rowKeyPart} */
export function rowKeyTextOf(entity: object, row?: object): string {
  return keyText(metaOf(entity).primaryKeys.map(name => rowKeyPart(entity, name, row)));
}

/** The parts of a key as text. As JavaScript shows it, a date would be that of any row within the same second. */
export function keyText(parts: readonly unknown[]): string {
  return parts.map(part => String(part instanceof Date ? part.getTime() : part)).join();
}

function partOf(value: unknown): unknown {
  return isEntity(value) ? keyOf(value) : value;
}

/** The primary key as text. Two objects of a class with the same text stand for the same row. */
export function keyTextOf(entity: object): string {
  return String(helper(entity).getSerializedPrimaryKey());
}

/** How a message names a row: `User 1`, by the key that the row has. */
export function nameOf(entity: object): string {
  return `${metaOf(entity).className} ${shownKeyOf(entity)}`;
}

/** How a message names the key that a row has. */
export function shownKeyOf(entity: object): string {
  const meta = metaOf(entity);
  const key = meta.primaryKeys.map(name => rowKeyPart(entity, name));
  return [datesWhole(meta, key)].flat(Infinity).map(shown).join(', ');
}

function shown(part: unknown): string {
  return part instanceof Date ? part.toISOString() : String(part);
}

/** Sets a field past its setter, which would change the other side of the relation and so stage what is there. */
export function setPastSetter(entity: object, name: string, value: unknown): void {
  helper(entity).__data[name] = value;
}

/** Sets a field to what its row holds now, so that it is not a change. */
export function setAsInRow(entity: object, name: string, value: unknown): void {
  const wrapped = helper(entity);
  wrapped.__data[name] = value;
  Object.assign(wrapped.__originalEntityData ?? {}, { [name]: value });
}
