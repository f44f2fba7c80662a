import { type ChangeSet, ChangeSetType, type EntityProperty, Reference } from '@mikro-orm/core';
import { changesByTable, foreignKeysOf, hasSpread, isForeignKey, isSpread } from './class-tables.ts';
import { isEntity } from './entity-state.ts';
import { writeApart } from './extra-updates.ts';
import type { SqlEm } from './orm.ts';

type Find = (change: ChangeSet<object>, props: readonly EntityProperty[]) => void;
type Changes = ReadonlyMap<object, ChangeSet<object>>;

/**
 * Writes a reference to a row that is not there yet after that row, where one of the two is spread over several tables.
 * MikroORM does so within one table, and would write NULL here, or refer to a row that is still missing.
 */
export function writeReferencesLate(em: SqlEm): void {
  if (!hasSpread(em)) return;
  const uow = em.getUnitOfWork();
  let changes: Changes = new Map();
  const group = (Reflect.get(uow, 'getChangeSetGroups') as () => unknown).bind(uow);
  Reflect.set(uow, 'getChangeSetGroups', () => {
    changes = new Map(uow.getChangeSets().map(change => [change.entity, change]));
    return group();
  });
  const find = (Reflect.get(uow, 'findExtraUpdates') as Find).bind(uow);
  Reflect.set(uow, 'findExtraUpdates', ((change, props) => {
    const isOwn = isSpread(change.meta);
    const isOurs = (prop: EntityProperty) => isForeignKey(prop) && (isOwn || isSpread(prop.targetMeta));
    if (!isOwn)
      find(
        change,
        props.filter(prop => !isOurs(prop)),
      );
    for (const prop of isOwn ? foreignKeysOf(change.meta) : props.filter(isOurs))
      if (isAwaited(changes, change, prop)) writeApart(uow, change, [prop.name], ChangeSetType.UPDATE);
  }) satisfies Find);
}

/** Whether the row that a relation refers to is inserted later. */
function isAwaited(
  changes: Changes,
  { entity, meta, payload }: ChangeSet<object>,
  prop: EntityProperty,
): boolean {
  const target: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name) as object);
  if (!(prop.name in payload) || !isEntity(target)) return false;
  const change = changes.get(target);
  const tables = change === undefined ? [] : changesByTable(change);
  const referred = tables.find(table => table.meta === prop.targetMeta) ?? tables.at(-1);
  if (referred?.type !== ChangeSetType.CREATE || referred.persisted) return false;
  // One statement inserts both, and the keys are known from the table of the base class.
  const isTogether = referred.meta === meta && meta.tptParent !== undefined;
  return !isTogether || prop.nullable === true;
}
