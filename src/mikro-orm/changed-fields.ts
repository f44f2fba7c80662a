import {
  Collection,
  type EntityMetadata,
  type EntityProperty,
  helper,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { doorOf } from './identity-door.ts';
import { isPartOf } from './embedded-class.ts';
import { couldBe, isEntity, keyPartsOf, metaOf } from './entity-state.ts';
import { collectionsOf } from './collections.ts';
import type { SqlEm } from './orm.ts';
import { perClass } from './per-class.ts';

/**
 * Whether fields or a many-to-many collection differ from what the database had. MikroORM tells that only while it
 * flushes, and then cascades, runs hooks and may delete fields; comparing its snapshot has no such effects.
 *
 * @param beside what does not count where a collection has got or lost it
 */
export function isDirty(em: SqlEm, entity: object, beside?: object): boolean {
  return differs(em, entity, name => hasColumn(entity, name), beside);
}

/** Whether there is anything to write or to take back: also what is no target, where the other side has the column. */
export function isStaged(em: SqlEm, entity: object): boolean {
  return differs(
    em,
    entity,
    name => hasColumn(entity, name) || invalidReferences(entity).some(prop => prop.name === name),
  );
}

function differs(em: SqlEm, entity: object, counts: (name: string) => boolean, beside?: object): boolean {
  if (changedFields(em, entity).some(counts)) return true;
  if (helper(entity).__originalEntityData === undefined) return false;
  return collectionsOf(entity).some(
    collection => collection.property.kind === ReferenceKind.MANY_TO_MANY && isChanged(collection, beside),
  );
}

/** The other side of a one-to-one relation is a column of the other entity. */
function hasColumn(entity: object, name: string): boolean {
  const { properties } = helper(entity).__meta;
  const prop = Object.hasOwn(properties, name)
    ? (Reflect.get(properties, name) as EntityProperty)
    : undefined;
  return prop?.kind !== ReferenceKind.ONE_TO_ONE || prop.owner;
}

/** The names of the fields that differ; of an entity that was never loaded, those that were assigned. */
export function changedFields(em: SqlEm, entity: object): string[] {
  const wrapped = helper(entity);
  const row = wrapped.__originalEntityData;
  if (row === undefined) return [];
  const names = differences(em, entity, row);
  for (const { name } of invalidReferences(entity)) if (!names.includes(name)) names.push(name);
  // MikroORM's comparator takes a reference to an entity without a key, or with a part of one, for no reference.
  for (const { name } of referencesOf(wrapped.__meta)) {
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, name));
    if (!isEntity(value) || names.includes(name)) continue;
    const target = helper(value);
    if (target.__originalEntityData !== undefined && Reflect.get(row, name) != null) continue;
    if (!target.hasPrimaryKey()) names.push(name);
  }
  for (const name of noObjects(entity)) if (!names.includes(name)) names.push(name);
  if (wrapped.__initialized) return names;
  const { primaryKeys, root } = wrapped.__meta;
  // The key is all that is known of it, and the type that it was given need not be that of the column.
  const isKey = (name: string) => primaryKeys.includes(name as never) && !doorOf(em).isMoving(entity);
  // The class of what is not loaded may be a base class of the one that its row names.
  return names.filter(name => !isKey(name) && name !== root.discriminatorColumn);
}

/** Whether a relation keeps another target than its row has, also where MikroORM has taken the accessor off. */
export function holdsAnother(em: SqlEm, entity: object, name: string): boolean {
  const { __originalEntityData: row, __data: data } = helper(entity);
  if (row === undefined || !(name in row)) return false;
  const target: unknown = Reference.unwrapReference(data[name] as object);
  if (isEntity(target) && !helper(target).hasPrimaryKey()) return true;
  const holder = Object.create(entity, { [name]: { value: data[name] as unknown } }) as object;
  return differences(em, holder, row).includes(name);
}

/** The embedded properties that hold something else than objects of theirs, which MikroORM's comparator takes for such or none. */
function noObjects(entity: object): string[] {
  const { __meta: meta } = helper(entity);
  let props = embeddedIn.get(meta);
  if (props === undefined) {
    props = meta.props.filter(prop => prop.kind === ReferenceKind.EMBEDDED && prop.embedded === undefined);
    embeddedIn.set(meta, props);
  }
  const holdsNone = (prop: EntityProperty) => {
    const value: unknown = Reflect.get(entity, prop.name);
    if (value == null || !prop.array) return value != null && !isPartOf(prop, value);
    return !Array.isArray(value) || value.some(item => item !== null && !isPartOf(prop, item));
  };
  return props.filter(holdsNone).map(({ name }) => name);
}

const embeddedIn = new WeakMap<EntityMetadata, readonly EntityProperty[]>();

/** The names of the fields that differ; one that cannot be compared, such as a cycle in JSON, does. */
function differences(em: SqlEm, entity: object, row: object): string[] {
  const { __meta: meta } = helper(entity);
  const comparator = em.getComparator();
  // What prepareEntity calls, which would print itself if it throws.
  const prepare = comparator.getSnapshotGenerator(meta.class);
  const compare = (one: object) => Object.keys(comparator.diffEntities(meta.class, row, prepare(one)));
  try {
    return compare(entity);
  } catch {
    // A stand-in of which one field after the other shows what the entity holds, unless that cannot be compared.
    const names = meta.props.filter(({ embedded }) => embedded === undefined).map(({ name }) => name);
    const hidden = Object.fromEntries(names.map(name => [name, { value: undefined, configurable: true }]));
    const standIn = Object.create(entity, hidden) as object;
    const incomparable = names.filter(name => {
      Reflect.deleteProperty(standIn, name);
      try {
        compare(standIn);
        return false;
      } catch {
        Object.defineProperty(standIn, name, { value: undefined, configurable: true });
        return true;
      }
    });
    return [...new Set([...compare(standIn), ...incomparable])];
  }
}

/** The relations that hold something that is not an entity of their class. */
export function invalidReferences(entity: object): EntityProperty[] {
  return referencesOf(metaOf(entity)).filter(prop => isInvalid(entity, prop));
}

export function firstInvalidReference(entity: object): EntityProperty | undefined {
  for (const prop of referencesOf(metaOf(entity))) if (isInvalid(entity, prop)) return prop;
  return undefined;
}

function isInvalid(entity: object, prop: EntityProperty): boolean {
  const value: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
  if (value == null) return false;
  const targets = prop.polymorphTargets ?? [prop.targetMeta as EntityMetadata];
  return !targets.some(target => couldBe(target, value)) && !isOfRow(entity, prop, value);
}

/** Whether a row refers to an object of another class of the table, which the database takes. */
function isOfRow(entity: object, { name, targetMeta }: EntityProperty, value: unknown): boolean {
  const row = helper(entity).__originalEntityData as Record<string, unknown> | undefined;
  if (row?.[name] == null || !isEntity(value) || metaOf(value).root !== targetMeta?.root) return false;
  const parts = (key: unknown) => [key].flat(Infinity).map(String).join('\n');
  return parts(row[name]) === parts(keyPartsOf(value));
}

/** The relations of a class that hold one entity. */
const referencesOf = perClass((meta): readonly EntityProperty[] =>
  meta.relations.filter(
    ({ kind, mapToPk, targetMeta }) =>
      (kind === ReferenceKind.MANY_TO_ONE || kind === ReferenceKind.ONE_TO_ONE) &&
      mapToPk !== true &&
      targetMeta !== undefined,
  ),
);

/** Whether a many-to-many collection is to be written, and its other side does not say so already. */
export function isChanged(collection: Collection<object>, beside?: object): boolean {
  if (!collection.isDirty()) return false;
  const { owner, mappedBy, fixedOrder } = collection.property;
  const [before, now] = [new Set(collection.getSnapshot()), new Set<object>(collection.getItems(false))];
  const differing = [...before, ...now].filter(
    member => member !== beside && before.has(member) !== now.has(member),
  );
  // What is exchanged for the same members is not.
  if (owner || mappedBy === undefined)
    return (fixedOrder === true && beside === undefined) || differing.length > 0;
  return differing.some(member => {
    const side: unknown = Reflect.get(member, mappedBy);
    return !(side instanceof Collection && side.isDirty());
  });
}
