import type { EntityFactory } from '@mikro-orm/core';
import { isEntity, isFieldLoaded, isLoaded } from './entity-state.ts';
import { showsFormula } from './formulas.ts';
import type { SqlEm } from './orm.ts';

type Find = (data: object, meta: unknown, options: { refresh?: boolean }) => object | undefined;
type Merge = (meta: unknown, entity: object, data: object, options?: object) => void;

interface SessionReads {
  /** Whether a query of the session itself is running. */
  readonly isReading: boolean;
  readonly expiry: {
    /** Whether what is in columns of an entity still shows the database. */
    isFresh(entity: object): boolean;
    /** Whether what the database computes besides does not. */
    hasExpiredFormulas(entity: object): boolean;
  };
}

/**
 * Keeps the fields of an entity that has not expired, whatever a query of the session finds in its row. MikroORM would
 * update every entity that a query meets. Applies only while the session itself reads: `em.find` works as in MikroORM.
 */
export function preserveUnexpired(em: SqlEm, session: SessionReads): void {
  const factory = em.getEntityFactory();
  const find = Reflect.get(factory, 'findEntity') as Find;
  Reflect.set(
    factory,
    'findEntity',
    function (this: EntityFactory, ...[data, meta, options]: Parameters<Find>) {
      const found = find.call(this, data, meta, options);
      if (found === undefined || !session.isReading) return found;
      if (session.expiry.isFresh(found)) options.refresh = false;
      // Merging leaves a value where the row has none any more.
      else if (isLoaded(found)) options.refresh = true;
      return found;
    },
  );
  const merge = Reflect.get(factory, 'mergeData') as Merge;
  Reflect.set(
    factory,
    'mergeData',
    function (this: EntityFactory, ...[meta, entity, data, options]: Parameters<Merge>) {
      if (!session.isReading || !session.expiry.isFresh(entity))
        return merge.call(this, meta, entity, data, options);
      const isComputed = session.expiry.hasExpiredFormulas(entity)
        ? (name: string) => showsFormula(entity, name)
        : () => false;
      const missing = Object.entries(data).filter(
        ([name, value]) => isComputed(name) || isMissing(entity, name, value),
      );
      if (missing.length > 0) merge.call(this, meta, entity, Object.fromEntries(missing), options);
    },
  );
}

/** Whether it is a lazy field that was never read, or a relation that the query populates. */
function isMissing(entity: object, name: string, value: unknown): boolean {
  if (!isFieldLoaded(entity, name)) return true;
  if (typeof value !== 'object' || value === null) return false;
  const present: unknown = Reflect.get(entity, name);
  return isEntity(present) && !isLoaded(present);
}
