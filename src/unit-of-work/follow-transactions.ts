import { takeTurnsFlushing } from '../mikro-orm/flush-turns.ts';
import { announceTransactions } from '../mikro-orm/unannounced-transactions.ts';
import type { CallGate } from './call-gate.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/**
 * Makes `begin()`, `commit()` and `rollback()` of the session's own EntityManager begin and end its transaction, and
 * `transactional()` keep what is staged if it fails; and has `flush()` wait for them.
 */
export function followTransactions(gate: CallGate, unit: UnitOfWork): void {
  takeTurnsFlushing(unit.em, {
    get isInside() {
      return gate.isInside;
    },
    run: flush => gate.run('flush', flush),
  });
  announceTransactions(unit.em, {
    begin: begin => gate.run('em.begin', () => unit.recovering(() => unit.transaction.beginWith(begin))),
    commit: () => gate.run('commit', async () => void (await unit.commit())),
    rollback: () => gate.run('rollback', async () => void (await unit.rollback())),
    transactional: run => gate.transactional(() => unit.transactional(run)),
  });
}
