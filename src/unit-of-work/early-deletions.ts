import { type ChangeSet, ChangeSetType, type UnitOfWork } from '@mikro-orm/core';
import { isForeignKey, payloadOf } from '../mikro-orm/class-tables.ts';
import { metaOf, rowKeyPart } from '../mikro-orm/entity-state.ts';
import { uniqueText } from '../mikro-orm/unique-values.ts';
import { targetsOf } from './early-keys.ts';

/** Lets rows be deleted before those that they refer to, where MikroORM deletes these first to make room for new ones. */
export function deleteEarly(uow: UnitOfWork): void {
  const changes = uow.getChangeSets();
  const early = changes.filter(({ type }) => type === ChangeSetType.DELETE_EARLY);
  if (early.length === 0) return;
  const gone = new Set<object>(early.map(({ entity }) => entity));
  let later = changes.filter(({ type }) => type === ChangeSetType.DELETE);
  const refersToGone = (change: ChangeSet<object>) => targetsOf(change).some(target => gone.has(target));
  for (let found = later.filter(refersToGone); found.length > 0; found = later.filter(refersToGone)) {
    for (const change of found) {
      change.type = ChangeSetType.DELETE_EARLY;
      gone.add(change.entity);
    }
    later = later.filter(({ type }) => type === ChangeSetType.DELETE);
  }
}

/**
 * The rows, as {@link rowText} has them, that updates let go of, and that the database keeps as they are until then.
 *
 * @param rule what the foreign key says of them where they are deleted, or get another key
 */
export function rowsLetGo(
  changes: readonly ChangeSet<object>[],
  rule: 'deleteRule' | 'updateRule',
): ReadonlySet<string> {
  const rows = new Set<string>();
  for (const change of changes) {
    const { meta, type, originalEntity } = change;
    if (type !== ChangeSetType.UPDATE || originalEntity === undefined) continue;
    const payload = payloadOf(change);
    for (const prop of meta.relations) {
      const { name, targetMeta } = prop;
      if (!(name in payload) || !isForeignKey(prop)) continue;
      if (prop[rule] === 'cascade' || prop[rule] === 'set null') continue;
      rows.add(`${targetMeta?.root.className} ${uniqueText([Reflect.get(originalEntity, name)])}`);
    }
  }
  return rows;
}

/** The row of an object, as what refers to it has it. */
export function rowText(entity: object): string {
  const meta = metaOf(entity);
  return `${meta.root.className} ${uniqueText(meta.primaryKeys.map(name => rowKeyPart(entity, name)))}`;
}
