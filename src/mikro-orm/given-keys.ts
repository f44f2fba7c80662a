import { type ChangeSet, type EntityMetadata, helper, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { perClass } from './per-class.ts';
import { replaceMethod } from './replace-method.ts';

type MapKey = (meta: EntityMetadata, value: unknown, change: ChangeSet<object>) => void;

/**
 * Has the key that a database gives a row be in its field alone. MikroORM notes it in its record of the entity as well, and
 * takes it out of there after the flush, which makes the record one that takes twice the memory, and longer to look at.
 */
export function keepGivenKeysOnce(em: SqlEm): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  replaceMethod<MapKey>(persister, 'mapPrimaryKey', map => (meta, value, change) => {
    const { entity } = change;
    // It gives a key to what has none.
    if (hasPlainKey(meta) && !helper(entity).hasPrimaryKey())
      Reflect.set(entity, meta.primaryKeys[0] as string, value);
    map(meta, value, change);
  });
}

/** Whether the key of a class is one field, which holds what the database has. */
const hasPlainKey = perClass(({ compositePK, primaryKeys, properties }) => {
  const prop = properties[primaryKeys[0] as never] as EntityMetadata['props'][number] | undefined;
  return !compositePK && prop?.kind === ReferenceKind.SCALAR && prop.customType === undefined;
});
