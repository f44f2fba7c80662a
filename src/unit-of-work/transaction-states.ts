import { MikroscopeError } from '../errors.ts';
import { nestingError } from '../flush-errors/flush-error.ts';
import { wouldCommit } from '../mikro-orm/implicit-commits.ts';

/**
 * What the transaction of a session can be. A failed one, in which the database refuses everything or whose connection
 * is gone, looks open until a statement finds out.
 */
export type TransactionState = 'idle' | 'open' | 'nested' | 'failed' | 'closed';

/** What a session is asked to do, for most by the name of its method. */
export type TransactionCall = keyof typeof TRANSITIONS;

type Reason = 'closed' | 'inside nested' | 'not nested' | 'open' | 'not committed' | 'would commit';

/** What becomes of a call. */
export type Outcome =
  | {
      readonly kind: 'runs';
      /** The states that it may lead to. */
      readonly to: readonly TransactionState[];
      /** It is refused nevertheless while something is staged. */
      readonly needs?: 'nothing staged';
    }
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** It fails, what the transaction wrote is staged again, and the session is idle. */
  | { readonly kind: 'loses' };

type Transitions = Readonly<Record<TransactionState, Outcome>>;

/** Statements of the session: they begin a transaction where they have something to write. */
const STATEMENT: Transitions = {
  idle: runs('idle', 'open'),
  open: runs('open'),
  nested: runs('nested'),
  failed: { kind: 'loses' },
  closed: refused('closed'),
};

/** Work outside of the unit of work, in transactions of its own that see nothing of what is staged or written here. */
const OUTSIDE: Transitions = {
  idle: { kind: 'runs', to: ['idle'], needs: 'nothing staged' },
  open: refused('not committed'),
  nested: refused('not committed'),
  failed: refused('not committed'),
  closed: refused('closed'),
};

/**
 * Which call is allowed in which state, and where it leads. The idea is SQLAlchemy's (`orm/state_changes.py`);
 * `docs/transactions.md` shows the table.
 */
export const TRANSITIONS = {
  query: STATEMENT,
  'update, delete': STATEMENT,
  flush: STATEMENT,
  commit: {
    idle: runs('idle'),
    open: runs('idle'),
    nested: refused('inside nested'),
    failed: { kind: 'loses' },
    closed: refused('closed'),
  },
  rollback: {
    idle: runs('idle'),
    open: runs('idle'),
    nested: refused('inside nested'),
    failed: runs('idle'),
    closed: refused('closed'),
  },
  'em.begin': {
    idle: runs('open'),
    open: refused('open'),
    nested: refused('open'),
    failed: refused('open'),
    closed: refused('closed'),
  },
  nested: {
    idle: runs('nested'),
    open: runs('nested'),
    nested: runs('nested'),
    failed: { kind: 'loses' },
    closed: refused('closed'),
  },
  'nested returns': {
    idle: refused('not nested'),
    open: refused('not nested'),
    nested: runs('idle', 'open', 'nested'),
    failed: refused('not nested'),
    closed: refused('closed'),
  },
  'nested throws': {
    idle: runs('idle'),
    open: runs('open'),
    nested: runs('idle', 'open', 'nested'),
    failed: runs('failed'),
    closed: runs('closed'),
  },
  createAll: {
    idle: runs('idle'),
    open: runs('open'),
    nested: runs('nested'),
    failed: { kind: 'loses' },
    closed: refused('closed'),
  },
  'createAll on MySQL': {
    idle: runs('idle'),
    open: runs('idle'),
    nested: refused('would commit'),
    failed: runs('idle'),
    closed: refused('closed'),
  },
  dropAll: {
    idle: runs('idle'),
    open: runs('idle'),
    nested: refused('inside nested'),
    failed: runs('idle'),
    closed: refused('closed'),
  },
  migrate: OUTSIDE,
  migrations: OUTSIDE,
  seed: OUTSIDE,
  disconnect: {
    idle: runs('idle'),
    open: runs('idle'),
    nested: refused('inside nested'),
    failed: runs('idle'),
    closed: refused('closed'),
  },
  close: {
    idle: runs('closed'),
    open: runs('closed'),
    nested: runs('closed'),
    failed: runs('closed'),
    closed: runs('closed'),
  },
} as const satisfies Readonly<Record<string, Transitions>>;

/** What is asked of a unit of work to find out. */
interface TransactionStatus {
  readonly state: TransactionState;
  readonly uncommitted: { readonly summary: string };
}

/** @throws MikroscopeError where the call is not allowed in the state that the transaction is in; nothing is done then */
export function assertAllowed(call: TransactionCall, status: TransactionStatus): void {
  const outcome: Outcome = TRANSITIONS[call][status.state];
  if (outcome.kind === 'refused') throw refusal(call, outcome.reason, status);
  const needs = outcome.kind === 'runs' ? outcome.needs : undefined;
  if (needs === 'nothing staged' && status.uncommitted.summary !== '')
    throw refusal(call, 'not committed', status);
}

function refusal(call: TransactionCall, reason: Reason, { uncommitted }: TransactionStatus): MikroscopeError {
  switch (reason) {
    case 'closed':
      return new MikroscopeError('InvalidState', 'The session is closed', 'Open another with openSession().');
    case 'inside nested':
      return nestingError(`${call}() cannot end the transaction inside nested()`);
    case 'not nested':
      return nestingError('nested() lost its transaction');
    case 'open':
      return new MikroscopeError(
        'InvalidState',
        "The session's transaction is open already",
        'commit() or rollback() first, or use nested() for a savepoint in it.',
      );
    case 'not committed':
      return new MikroscopeError(
        'InvalidState',
        `${call}() works in a transaction of its own, and ${uncommitted.summary || 'a transaction'} is not committed`,
        'commit() or rollback() first. Nothing was done.',
      );
    case 'would commit':
      return wouldCommit('This');
  }
}

function runs(...to: readonly TransactionState[]): Outcome {
  return { kind: 'runs', to };
}

function refused(reason: Reason): Outcome {
  return { kind: 'refused', reason };
}
