import type { ChangeSet, EntityProperty } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

type Schedule = (change: ChangeSet<object>, props: readonly EntityProperty[]) => void;

/**
 * Writes of the unique properties of a row only those that changed. Where several rows get unique values, MikroORM takes
 * all of them out of the entities and assigns them again later, and could write what a row held when it was read.
 */
export function writeAssignedUniques(em: SqlEm): void {
  const uow = em.getUnitOfWork();
  const schedule = (Reflect.get(uow, 'scheduleExtraUpdate') as Schedule).bind(uow);
  Reflect.set(uow, 'scheduleExtraUpdate', ((change, props) => {
    schedule(
      change,
      // Those of embedded objects are no properties that could be taken out.
      props.filter(({ name, embedded }) => embedded === undefined && name in change.payload),
    );
  }) satisfies Schedule);
}
