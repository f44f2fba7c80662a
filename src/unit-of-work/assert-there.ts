import { MikroscopeError } from '../errors.ts';
import { deletionsOf } from '../mikro-orm/counted-rows.ts';
import { firstGone } from '../mikro-orm/gone-rows.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';

/**
 * Looks for the rows that are to be deleted where MikroORM flushes by itself: what fails then cannot be tried again to find
 * out whether the database has deleted some with others.
 *
 * @throws MikroscopeError `StaleRow` that names one which is gone
 */
export async function assertThere(em: SqlEm): Promise<void> {
  const gone = await firstGone(em, deletionsOf(em));
  if (gone === undefined) return;
  throw new MikroscopeError(
    gone.code,
    gone.message,
    'Nothing was written. expunge() what is gone, or rollback().',
  );
}
