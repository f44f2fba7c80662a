import type { ChangeSet } from '@mikro-orm/core';
import { writesKey } from './class-tables.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Write = (changes: readonly ChangeSet<object>[], ...rest: unknown[]) => Promise<void>;

/**
 * MikroORM updates many rows by one statement, in which the key of a row tells what each column gets. Where columns are
 * assigned one after another, those behind a key that changes would stay as they were: writes such rows one by one.
 */
export function writeKeysAlone(em: SqlEm): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  replaceMethod<Write>(persister, 'executeUpdates', write => async (changes, ...rest) => {
    const { alone = [], together = [] } = Object.groupBy(changes, change =>
      writesKey(change) ? 'alone' : 'together',
    );
    for (const change of alone) await write([change], ...rest);
    if (together.length > 0) await write(together, ...rest);
  });
}
