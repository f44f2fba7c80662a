import {
  type ChangeSet,
  ChangeSetType,
  type EntityMetadata,
  type EntityProperty,
  Reference,
  ReferenceKind,
  type UnitOfWork,
} from '@mikro-orm/core';
import { isForeignKey, moveTo, payloadOf } from '../mikro-orm/class-tables.ts';
import { rowSnapshotOf } from '../mikro-orm/entity-state.ts';
import { writeApart } from '../mikro-orm/extra-updates.ts';
import { referringProperties } from '../mikro-orm/referrers.ts';

/**
 * Lets what refers to a row that gets another key, and is to do so no longer, be written before that. MikroORM writes class by
 * class, and the database refuses the other key while something refers to the one that it has.
 */
export function releaseEarly(uow: UnitOfWork, rekeyed: readonly ChangeSet<object>[]): void {
  const changes = uow.getChangeSets();
  const waiting = new Set<unknown>(rekeyed.map(({ entity }) => entity));
  for (const { type, entity } of changes) if (type === ChangeSetType.CREATE) waiting.add(entity);
  const letGo = ({ meta, rootMeta, originalEntity }: ChangeSet<object>): EntityProperty[] =>
    meta.relations.filter(prop =>
      rekeyed.some(
        // One statement writes all of a table, and the database looks at what they refer to after it.
        held =>
          held.rootMeta !== rootMeta && isHeldBy(held, prop, Reflect.get(originalEntity ?? {}, prop.name)),
      ),
    );
  const isReady = (value: unknown) => !waiting.has(Reference.unwrapReference(value as object));
  for (const change of changes) {
    if (change.type === ChangeSetType.DELETE && !isReferredTo(change.meta) && letGo(change).length > 0)
      moveTo(ChangeSetType.DELETE_EARLY, change);
    if (change.type !== ChangeSetType.UPDATE) continue;
    const written = payloadOf(change);
    const names = letGo(change).flatMap(({ name }) =>
      name in written && isReady(Reflect.get(change.entity, name)) ? [name] : [],
    );
    if (names.length > 0) writeApart(uow, change, names, ChangeSetType.UPDATE_EARLY);
  }
  for (const extra of uow.getExtraUpdates()) {
    const [, names, values, change] = extra;
    const targets = new Map([names].flat().map((name, i) => [name, [values].flat()[i] as unknown]));
    if (
      change !== undefined &&
      letGo(change).some(({ name }) => targets.has(name) && isReady(targets.get(name)))
    )
      extra[4] = ChangeSetType.UPDATE_EARLY;
  }
}

/** Whether a row that has this in the column of a relation keeps another row from getting another key. */
function isHeldBy(
  { entity, rootMeta, meta }: ChangeSet<object>,
  prop: EntityProperty,
  key: unknown,
): boolean {
  const [name] = meta.primaryKeys as readonly string[];
  if (name === undefined || meta.compositePK || key == null) return false;
  if (!isForeignKey(prop) || prop.updateRule === 'cascade' || prop.targetMeta?.root !== rootMeta)
    return false;
  return rowSnapshotOf(entity)?.[name] === key;
}

/** Whether rows may refer to one of this class, and would have to be written before it is deleted. */
function isReferredTo(meta: EntityMetadata): boolean {
  const isOwner = ({ prop }: { prop: EntityProperty }) =>
    prop.kind === ReferenceKind.MANY_TO_ONE || prop.owner;
  // What refers to a base class refers to its subclasses.
  return meta.root !== meta || referringProperties(meta).some(isOwner);
}
