import { type ChangeSet, ChangeSetType, Reference, type UnitOfWork } from '@mikro-orm/core';
import { isForeignKey, moveTo, payloadOf } from '../mikro-orm/class-tables.ts';
import { releaseEarly } from './early-releases.ts';

/**
 * Lets the rows that get another key be written before what is written to refer to them, which is written with that key.
 * MikroORM inserts first, and the database knows no such row then.
 */
export function rekeyEarly(uow: UnitOfWork): void {
  const changes = uow.getChangeSets();
  const rekeyed = changes.filter(changesKey);
  if (rekeyed.length === 0) return;
  const inserts = changes.filter(({ type }) => type === ChangeSetType.CREATE);
  const added = new Set<object>(inserts.map(({ entity }) => entity));
  // What refers to a new row itself cannot be written before it.
  const movable = rekeyed.filter(change => !targetsOf(change).some(target => added.has(target)));
  const moving = new Map<unknown, ChangeSet<object>>(movable.map(change => [change.entity, change]));
  const writes = [...inserts, ...changes.filter(({ type }) => type === ChangeSetType.UPDATE)];
  // The list grows while it is walked: a key may be a part of one that changes, too.
  for (const write of writes) {
    for (const target of targetsOf(write)) {
      const change = moving.get(target);
      // One statement writes all of a table, and the database looks at what they refer to after it.
      const isTogether = write.type === ChangeSetType.UPDATE && write.rootMeta === change?.rootMeta;
      if (change === undefined || isTogether || change.type === ChangeSetType.UPDATE_EARLY) continue;
      moveTo(ChangeSetType.UPDATE_EARLY, change);
      writes.push(change);
    }
  }
  releaseEarly(
    uow,
    rekeyed.filter(({ type }) => type === ChangeSetType.UPDATE),
  );
}

function changesKey(change: ChangeSet<object>): boolean {
  const { type, meta } = change;
  if (type !== ChangeSetType.UPDATE) return false;
  const payload = payloadOf(change);
  return meta.primaryKeys.some(name => name in payload);
}

/** What the columns of a row that is written refer to. */
export function targetsOf({ entity, meta }: ChangeSet<object>): object[] {
  return meta.relations.filter(isForeignKey).flatMap(({ name }) => {
    const target: unknown = Reference.unwrapReference(Reflect.get(entity, name));
    return typeof target === 'object' && target !== null ? [target] : [];
  });
}
