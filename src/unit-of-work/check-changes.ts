import { type ChangeSet, type EntityMetadata, ReferenceKind, type UnitOfWork } from '@mikro-orm/core';
import type { Values } from '../entity/values/values.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { fitEntity } from './fit-values.ts';
import { assertKeys, assertLengths, assertStays } from './validate.ts';

/**
 * Looks at what MikroORM is about to write, and at what hooks and defaults have set of it.
 *
 * @throws MikroscopeError `InvalidValue`, `ValueTooLong` or `MissingValue` for what cannot be written
 */
export function checkChanges(em: SqlEm, values: Values, uow: UnitOfWork): void {
  const isHeard = em.getEventManager().getSubscribers().size > 0;
  const isSetLate = (meta: EntityMetadata) => isHeard || setsWhileFlushing(em, meta);
  for (const change of uow.getChangeSets()) {
    const { type, entity, meta } = change;
    if (type.startsWith('delete')) continue;
    if (isSetLate(meta) && fitEntity(em, values, entity)) uow.recomputeSingleChangeSet(entity);
    assertLengths(change);
    assertKeys(change);
  }
}

/** @throws MikroscopeError `ForeignKeyViolation` for a row that would not outlast those that the same flush deletes */
export function assertStaying(changes: readonly ChangeSet<object>[], removed: ReadonlySet<object>): void {
  for (const change of changes) if (!removed.has(change.entity)) assertStays(change, removed);
}

/**
 * Whether a flush may set values of a class that nobody has looked at: what the class itself or a hook of any class gives.
 */
function setsWhileFlushing(em: SqlEm, meta: EntityMetadata): boolean {
  let known = setting.get(meta);
  if (known === undefined) {
    const all = [...em.getMetadata().getAll().values()].flatMap(({ props }) => props);
    known =
      all.some(({ onCreate, onUpdate }) => onCreate !== undefined || onUpdate !== undefined) ||
      meta.props.some(({ default: given, kind }) => given != null || kind === ReferenceKind.EMBEDDED);
    setting.set(meta, known);
  }
  return known;
}

const setting = new WeakMap<EntityMetadata, boolean>();
