import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { removedEntities, snapshotStaged } from '../mikro-orm/staged.ts';
import { newEntities } from './cascade.ts';
import type { Flusher } from './flusher.ts';
import { Journal } from './journal.ts';
import type { TransactionControl } from './transaction-control.ts';

/** MikroORM's `transactional()`: it calls `enter` with the EntityManager that does the work, before it does. */
export type InTransaction<T> = (enter: (inner: SqlEm) => void) => Promise<T>;

/** What is needed of a unit of work. */
interface UnitParts {
  readonly em: SqlEm;
  readonly transaction: TransactionControl;
  readonly flusher: Flusher;
  /** Takes what was written for a part of the open transaction. */
  readonly absorb: (journal: Journal) => void;
}

/**
 * Runs a function in which another EntityManager writes what is staged in the session, in a transaction of its own or a
 * savepoint. If it fails, that is staged as before; if it succeeds in a savepoint, a rollback still takes it back.
 */
export async function runTransactional<T>(
  { em, transaction, flusher, absorb }: UnitParts,
  run: InTransaction<T>,
): Promise<T> {
  const journal = new Journal();
  const restoreStaged = snapshotStaged(em);
  const own = new Set([...newEntities(em), ...entitiesIn(em), ...removedEntities(em)]);
  let began: 'transaction' | 'savepoint' | undefined;
  const enter = (inner: SqlEm) => {
    // What runs in a transaction that was there before, or in none, is not undone.
    if (inner === em || !inner.isInTransaction()) return;
    began = transaction.current === undefined ? 'transaction' : 'savepoint';
    flusher.follow(inner, journal);
  };
  try {
    const result = await run(enter);
    if (began === 'savepoint') {
      // For what it read or made there may be another object here.
      journal.keepOnly(new Set([...own, ...entitiesIn(em)]));
      absorb(journal);
    }
    return result;
  } catch (error) {
    if (began !== undefined) {
      journal.keepOnly(own);
      journal.restage(em, 'now');
      restoreStaged();
    }
    throw error;
  }
}
