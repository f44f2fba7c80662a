import { hasRow } from '../mikro-orm/entity-state.ts';
import { notFound } from '../mikro-orm/gone-rows.ts';
import { unmanage } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';

/**
 * Of what `em.upsert()` has made, and the database has just undone, gives what stands for a row that was there before. Where
 * that cannot be asked, the objects are detached, so that no row is inserted twice.
 */
export async function survivingUpserts(em: SqlEm, upserted: Iterable<object>): Promise<object[]> {
  const all = [...upserted].filter(hasRow);
  try {
    const gone = new Set(all.length === 0 ? [] : await notFound(em, all));
    return all.filter(entity => !gone.has(entity));
  } catch {
    for (const entity of all) unmanage(em, entity);
    return all;
  }
}
