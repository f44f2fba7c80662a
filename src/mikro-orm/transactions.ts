import { AsyncLocalStorage } from 'node:async_hooks';
import { MikroscopeError } from '../errors.ts';

/** How a transaction was begun: by `begin()`, or by `transactional()`, which also ends it. */
export type Began = 'by hand' | 'around a function';

interface Scope {
  /** Whether a transaction that begins now is one around a function. */
  readonly isBeginning: boolean;
  /** The innermost transaction around the code that runs. */
  readonly around: { isOpen: boolean } | undefined;
  /** Whether the session begins or ends its own. */
  readonly isSession?: true;
}

type Transactional = (work: (transaction: unknown) => unknown, ...rest: unknown[]) => unknown;

/** The transactions that are open on the connections of one database. */
export class Transactions {
  readonly #open = new Map<object, Began>();
  readonly #scope = new AsyncLocalStorage<Scope>();
  /** The connections that have a transaction of the session. */
  readonly #ofSession = new WeakSet<object>();
  #isSessionUndone = false;

  /** How the transaction that is open on a connection was begun; undefined if none is open. */
  on(connection: object): Began | undefined {
    return this.#open.get(connection);
  }

  /** Whether a transaction is open that ends only by a call of `commit()` or `rollback()`. */
  get isByHand(): boolean {
    return [...this.#open.values()].includes('by hand');
  }

  /** Whether such a one is not the session's. */
  get isOthersByHand(): boolean {
    return [...this.#open].some(
      ([connection, began]) => began === 'by hand' && !this.#ofSession.has(connection),
    );
  }

  /** Whether the code that runs now is inside of a function that a transaction is around. */
  get isInside(): boolean {
    return this.#scope.getStore()?.around?.isOpen === true;
  }

  begun(connection: object): void {
    const scope = this.#scope.getStore();
    this.#open.set(connection, scope?.isBeginning ? 'around a function' : 'by hand');
    if (!scope?.isSession) return;
    this.#ofSession.add(connection);
    this.#isSessionUndone = false;
  }

  /** Called when the database has undone the transaction on a connection, which seems to go on. */
  undone(connection: object): void {
    if (this.#ofSession.has(connection)) this.#isSessionUndone = true;
  }

  /** Whether the database has undone the session's transaction, which seems to go on. */
  get isSessionUndone(): boolean {
    return this.#isSessionUndone;
  }

  ended(connection: object): void {
    this.#open.delete(connection);
    this.#ofSession.delete(connection);
  }

  /** Runs what begins or ends the session's transaction. */
  asSession<T>(work: () => Promise<T>): Promise<T> {
    return this.#scope.run(
      { isBeginning: false, around: this.#scope.getStore()?.around, isSession: true },
      work,
    );
  }

  /** @throws MikroscopeError `InvalidState` if somebody else is about to end the session's transaction */
  assertMayEnd(connection: object): void {
    if (!this.#ofSession.has(connection) || this.#scope.getStore()?.isSession) return;
    throw new MikroscopeError(
      'InvalidState',
      "This would end the session's transaction without its knowledge",
      'Use commit() or rollback() of the session, or of its em.',
    );
  }

  /** Tells the transactions that `transactional` begins from those of `begin`, which it calls. */
  around(transactional: Transactional): Transactional {
    return (work, ...rest) => {
      const inside = async (transaction: unknown) => {
        const around = { isOpen: true };
        try {
          return await this.#scope.run({ isBeginning: false, around }, async () => work(transaction));
        } finally {
          around.isOpen = false;
        }
      };
      const outer = this.#scope.getStore()?.around;
      return this.#scope.run({ isBeginning: true, around: outer }, () => transactional(inside, ...rest));
    };
  }
}

/** The error for a transaction that the database has ended by itself. */
export function transactionLost(cause?: unknown): MikroscopeError {
  return new MikroscopeError(
    'TransactionLost',
    'An earlier statement failed, and the database undid the transaction with it',
    '',
    cause === undefined ? {} : { cause },
  );
}
