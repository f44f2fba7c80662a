import type { EntityMetadata } from '@mikro-orm/core';
import { writeDiscriminators } from '../mikro-orm/discriminators.ts';
import {
  announceTransactions,
  type Enter,
  type InTransaction,
} from '../mikro-orm/unannounced-transactions.ts';
import { isManagedBy } from '../mikro-orm/entity-state.ts';
import { entitiesIn, rekey } from '../mikro-orm/identity-map.ts';
import type { SqlEm, Tx } from '../mikro-orm/orm.ts';
import type { Flusher } from './flusher.ts';
import { Journal } from './journal.ts';
import type { InsideTransaction } from './inside-transaction.ts';
import { keepStaging } from './kept-staging.ts';
import { followNativeWrites } from './native-writes.ts';
import { noPlaceInside } from './no-place-inside.ts';

/** What a transaction around a function begins in: the session, or another one. */
interface Outside {
  readonly em: SqlEm;
  readonly flusher: Flusher;
  /** What the session reads meanwhile. */
  readonly inside: InsideTransaction;
  /** Takes what was written for a part of the transaction that is open outside. */
  readonly absorb: (journal: Journal) => void;
  /** Called when rows of a class were deleted, and loaded objects may have gone with them. */
  readonly deleted: (meta: EntityMetadata) => void | Promise<void>;
  /** What to throw for an error of something that was undone; in the function itself MikroORM's errors are its own. */
  readonly explain?: (error: unknown, journal: Journal) => Promise<unknown>;
}

/**
 * Runs a function in which another EntityManager writes what is staged in this one, in a transaction of its own or a
 * savepoint. If that is undone, it is staged as before; if not, in a savepoint, the outside can still take it back.
 */
export async function runTransactional<T>(outside: Outside, run: InTransaction<T>): Promise<T> {
  const { em, flusher, inside, absorb, explain, deleted } = outside;
  const journal = new Journal();
  const { own, restore } = keepStaging(em);
  let began: 'transaction' | 'savepoint' | undefined;
  let transaction: Tx | undefined;
  let isUndone = false;
  const deletedFrom = new Set<EntityMetadata>();
  const enter: Enter = (inner, work) => {
    // What runs in a transaction that was there before, or in none, is not undone.
    if (inner === em || !inner.isInTransaction())
      return inside.calls === undefined ? inside.run(undefined, work) : work();
    began = em.isInTransaction() ? 'savepoint' : 'transaction';
    transaction = inner.getTransactionContext();
    flusher.follow(inner, journal);
    const note = (meta: EntityMetadata) => void deletedFrom.add(meta);
    followNativeWrites(inner, { session: em, isKnown: () => false, deleted: note });
    writeDiscriminators(inner);
    announceTransactions(inner, {
      begin: () => Promise.reject(noPlaceInside('begin')),
      commit: () => Promise.reject(noPlaceInside('commit')),
      async rollback(rollback) {
        await rollback();
        isUndone = true;
      },
      transactional: nested =>
        inside.nesting.run(() =>
          runTransactional(
            { em: inner, flusher, inside, absorb: later => journal.absorb(later), deleted: note },
            nested,
          ),
        ),
    });
    return inside.run(inner, work);
  };
  const restage = () => {
    if (began === undefined) return;
    journal.keepOnly(own);
    journal.restage(em, 'now');
    // What only the function has changed is undone with the rest of it.
    restore();
    inside.undone([...journal.written()].map(([entity]) => entity));
  };
  const keep = async () => {
    // For what it read or made there may be another object here.
    journal.keepOnly(new Set([...own, ...entitiesIn(em)]));
    rekey(
      em,
      [...journal.written()].flatMap(([entity]) => (isManagedBy(em, entity) ? [entity] : [])),
    );
    if (began === 'savepoint') absorb(journal);
    for (const meta of deletedFrom) await deleted(meta);
  };
  try {
    const result = await run(enter);
    if (isUndone) restage();
    else await keep();
    return result;
  } catch (error) {
    // What throws once the database has committed, such as a subscriber, takes nothing back.
    if (transaction?.isCommitted === true) {
      await keep();
      throw error;
    }
    const told = began === undefined ? error : ((await explain?.(error, journal)) ?? error);
    restage();
    throw told;
  }
}
