import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

/** Who has flushes wait for one another. */
interface Turns {
  /** Whether the running code is part of a turn. */
  readonly isInside: boolean;
  run(flush: () => Promise<void>): Promise<void>;
}

/**
 * MikroORM keeps a flush that is called beside another until that has ended, and forgets it, for ever, where that fails;
 * and at its end puts back the transaction of its beginning, whatever has begun or ended one meanwhile. Has the flushes of
 * an EntityManager take turns.
 */
export function takeTurnsFlushing(em: SqlEm, turns: Turns): void {
  // What a hook flushes is MikroORM's to refuse.
  replaceMethod<() => Promise<void>>(
    em.getUnitOfWork(),
    'commit',
    flush => () => (turns.isInside ? flush() : turns.run(flush)),
  );
}
