import {
  type ChangeSet,
  Collection,
  type EntityProperty,
  Reference,
  ReferenceKind,
  type Type,
  Utils,
} from '@mikro-orm/core';
import { hasRow, isEntity, keyOf, metaOf, ownerOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { perClass } from './per-class.ts';
import { replaceMethod } from './replace-method.ts';
import { rowKeyOf } from './row-keys.ts';

type Write = (changes: readonly ChangeSet<object>[], ...rest: unknown[]) => Promise<unknown>;

/**
 * Writes the keys of objects that stand in properties which hold a key. Of one that is new it is known once that is written;
 * MikroORM would write the object itself.
 */
export function writeMappedKeys(em: SqlEm): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  for (const name of ['executeInserts', 'executeUpdates'])
    replaceMethod<Write>(persister, name, write => (changes, ...rest) => {
      for (const { entity, meta, payload } of changes)
        for (const prop of mappedIn(meta)) {
          const { name: field } = prop;
          // MikroORM may have converted the object as if it were a key.
          const held: unknown = field in payload ? Reflect.get(entity, field) : undefined;
          if (!isEntity(held)) continue;
          const key = partsOf(held);
          Reflect.set(payload, field, inColumns(em, prop, key));
          Reflect.set(entity, field, key);
        }
      return write(changes, ...rest);
    });
}

/** The relations of a class that hold keys. */
const mappedIn = perClass((meta): readonly EntityProperty[] =>
  meta.relations.filter(({ mapToPk }) => mapToPk === true),
);

type Fill = (
  owners: readonly object[],
  items: readonly object[],
  prop: EntityProperty,
  field: string,
  partial?: boolean,
  readonly?: boolean,
) => void;

/**
 * Fills lists of what holds the key of the owner. MikroORM takes the key for one of the items' own class, so that a list by a key
 * of several parts is empty.
 */
export function fillByKeys(em: SqlEm): void {
  replaceMethod<Fill>(em.getEntityLoader(), 'initializeOneToMany', fill => (...args) => {
    const [owners, items, prop, field, partial, readonly] = args;
    const side: EntityProperty | undefined = prop.targetMeta?.properties[prop.mappedBy as never];
    if (side?.mapToPk !== true || side.targetKey !== undefined) return fill(...args);
    const byKey = Map.groupBy(items, item => textOf(Reflect.get(item, side.name)));
    for (const owner of owners) {
      const list = Reflect.get(owner, field) as Collection<object>;
      list.hydrate(byKey.get(textOf(rowKeyOf(owner))) ?? [], undefined, partial, readonly);
    }
  });
}

function textOf(key: unknown): string {
  return [key]
    .flat(Infinity)
    .map(part => (part instanceof Date ? part.toISOString() : String(part)))
    .join('\u0000');
}

/** What a property that holds a key refers to, as far as that is loaded. */
export function referredByKey(
  em: SqlEm | undefined,
  prop: EntityProperty,
  value: unknown,
): object | undefined {
  const given: unknown = Reference.unwrapReference(value as object);
  if (isEntity(given)) return given;
  if (prop.mapToPk !== true || value == null || prop.targetMeta === undefined) return undefined;
  return em?.getUnitOfWork().getById(prop.targetMeta.class, value);
}

/** What is held of a value that is assigned to a property that holds a key: of an object with a row that. */
export function asKey({ targetMeta }: EntityProperty, value: unknown): unknown {
  const given: unknown = Reference.unwrapReference(value as object);
  if (isEntity(given)) return hasRow(given) ? partsOf(given) : value;
  // MikroORM gives what is put into a list the key so.
  return targetMeta?.compositePK === true && Utils.isPlainObject(given)
    ? targetMeta.primaryKeys.map(name => given[name])
    : value;
}

/** The key of an object, or of several parts a list of them. */
function partsOf(entity: object): unknown {
  const { primaryKeys, compositePK } = metaOf(entity);
  return compositePK ? primaryKeys.map(name => Reflect.get(entity, name) as unknown) : keyOf(entity);
}

/** A key as it is written. */
function inColumns(
  em: SqlEm,
  { targetMeta, customType, customTypes }: EntityProperty,
  key: unknown,
): unknown {
  const convert = (value: unknown, type: Type<unknown> | undefined): unknown =>
    value == null || type === undefined ? value : type.convertToDatabaseValue(value, em.getPlatform());
  if (targetMeta?.compositePK === true && Array.isArray(key))
    return key.map((part, i) => convert(part, customTypes?.[i]));
  return convert(key, customType);
}

/** Moves an object from one list to another as the key of their owners is assigned, which MikroORM does for objects alone. */
export function moveByKey(entity: object, prop: EntityProperty, before: unknown, now: unknown): void {
  const { kind, inversedBy } = prop;
  const em = ownerOf(entity) as SqlEm | undefined;
  if (kind !== ReferenceKind.MANY_TO_ONE || inversedBy === undefined) return;
  const listOf = (value: unknown): Collection<object> | undefined => {
    const owner = referredByKey(em, prop, value);
    const list: unknown = owner && Reflect.get(owner, inversedBy);
    return list instanceof Collection && list.isInitialized() ? (list as Collection<object>) : undefined;
  };
  const [left, entered] = [listOf(before), listOf(now)];
  if (left === entered) return;
  left?.removeWithoutPropagation(entity);
  if (entered?.contains(entity, false) === false) entered.addWithoutPropagation(entity);
}
