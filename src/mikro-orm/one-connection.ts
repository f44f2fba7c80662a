import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlEm } from './orm.ts';
import { MikroscopeError } from '../errors.ts';

type Method = (...args: unknown[]) => unknown;
type Connection = ReturnType<SqlEm['getConnection']>;

/** At which place each method of a connection takes the transaction that it is to work in. */
const METHODS = { execute: 3, stream: 2, begin: 0, executeDump: 1, checkConnection: 0 } as const;

const ONE_CONNECTION: Readonly<Record<string, string>> = {
  sqlite: 'SQLite',
  libsql: 'libSQL',
  pglite: 'PGlite',
};

/**
 * SQLite, libSQL and PGlite have one connection, and so has every sandbox. While a transaction is open on it, a statement outside waits for its
 * end; this makes it an error where that cannot come: of the session's transaction, of one that somebody began by hand,
 * and of one from the inside of which the statement comes.
 *
 * @returns what throws that error now, where a statement of the session would
 */
export function refuseToWait(em: SqlEm, dialect: string, sandbox: boolean): () => void {
  const database = ONE_CONNECTION[dialect] ?? (sandbox ? 'a sandbox' : undefined);
  if (database === undefined) return () => {};
  const watched: OpenTransactions[] = [];
  for (const connection of new Set([em.getConnection('write'), em.getConnection('read')])) {
    const open = watchTransactions(connection);
    watched.push(open);
    for (const [name, position] of Object.entries(METHODS)) {
      replace(connection, name, method => (...args) => {
        const place = args[position];
        const transaction = name === 'begin' ? (place as { ctx?: unknown } | undefined)?.ctx : place;
        if (transaction === undefined) assertEnds(database, em, open);
        return method(...args);
      });
    }
  }
  return () => {
    if (em.getTransactionContext() === undefined) for (const open of watched) assertEnds(database, em, open);
  };
}

interface OpenTransactions {
  /** Those that somebody began by hand, the session among them. */
  readonly byHand: ReadonlySet<unknown>;
  /** Whether the code that runs is inside of `transactional()`. */
  readonly isInside: () => boolean;
}

function watchTransactions(connection: Connection): OpenTransactions {
  const byHand = new Set<unknown>();
  const insides = new AsyncLocalStorage<{ open: boolean }>();
  let endsItself = false;
  replace(connection, 'transactional', method => (work, options) => {
    endsItself = true;
    try {
      const inside = async (transaction: unknown) => {
        const state = { open: true };
        try {
          return await insides.run(state, async () => (work as Method)(transaction));
        } finally {
          state.open = false;
        }
      };
      return method(inside, options);
    } finally {
      endsItself = false;
    }
  });
  replace(connection, 'begin', method => async options => {
    const isByHand = !endsItself && (options as { ctx?: unknown } | undefined)?.ctx === undefined;
    const transaction = await method(options);
    if (isByHand) byHand.add(transaction);
    return transaction;
  });
  for (const end of ['commit', 'rollback']) {
    replace(connection, end, method => async (transaction, ...rest) => {
      const result = await method(transaction, ...rest);
      byHand.delete(transaction);
      return result;
    });
  }
  return { byHand, isInside: () => insides.getStore()?.open === true };
}

function replace(connection: Connection, name: string, wrap: (method: Method) => Method): void {
  const method = Reflect.get(connection, name) as Method;
  Reflect.set(
    connection,
    name,
    wrap((...args) => Reflect.apply(method, connection, args)),
  );
}

function assertEnds(database: string, em: SqlEm, { byHand, isInside }: OpenTransactions): void {
  const wouldWait = (whose: string, then: string) =>
    new MikroscopeError(
      'DatabaseBusy',
      `This would wait forever: ${database} has one connection, and ${whose} is open on it`,
      then,
    );
  if (em.getTransactionContext() !== undefined)
    throw wouldWait('the transaction of the session', 'commit() or rollback() first.');
  if (byHand.size > 0)
    throw wouldWait(
      'a transaction that another EntityManager began',
      'commit() or rollback() that one first.',
    );
  if (isInside()) throw wouldWait('the transaction around it', 'Use the EntityManager that it hands over.');
}
