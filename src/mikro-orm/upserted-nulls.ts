import type { EntityMetadata } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

type MapReturned = (
  entity: object | undefined,
  payload: object,
  row: object | undefined,
  meta: EntityMetadata,
  upsert?: boolean,
) => void;

/** Keeps what is null in a row that `em.upsert()` wrote: MikroORM would make the text `'null'` of a decimal without a value. */
export function keepUpsertedNulls(em: SqlEm): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  const map = (Reflect.get(persister, 'mapReturnedValues') as MapReturned).bind(persister);
  Reflect.set(persister, 'mapReturnedValues', ((entity, payload, row, meta, upsert) => {
    map(entity, payload, row, meta, upsert);
    if (upsert !== true || row === undefined) return;
    for (const { customType, fieldNames, name } of meta.props) {
      // A side without columns has the type of the key that it refers to.
      const columns: readonly string[] | undefined = fieldNames;
      if (customType === undefined || columns === undefined) continue;
      if (columns.every(field => Reflect.get(row, field) === null)) Reflect.set(payload, name, null);
    }
  }) satisfies MapReturned);
}
