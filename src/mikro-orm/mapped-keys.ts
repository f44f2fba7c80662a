import { type ChangeSet, Collection, type EntityProperty, Reference, ReferenceKind } from '@mikro-orm/core';
import { hasRow, isEntity, keyOf, ownerOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

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
        for (const { name: field, mapToPk } of meta.relations) {
          const value: unknown = mapToPk === true ? Reflect.get(payload, field) : undefined;
          if (!isEntity(value)) continue;
          Reflect.set(payload, field, keyOf(value));
          Reflect.set(entity, field, keyOf(value));
        }
      return write(changes, ...rest);
    });
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
export function asKey(value: unknown): unknown {
  const given: unknown = Reference.unwrapReference(value as object);
  return isEntity(given) && hasRow(given) ? keyOf(given) : value;
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
