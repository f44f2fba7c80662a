import type { SqlEm } from '../database/orm.ts';
import { MikroscopeError } from '../errors.ts';

type Method = (...args: unknown[]) => unknown;

/** At which place each method of a connection takes the transaction that it is to work in. */
const METHODS = { execute: 3, stream: 2, begin: 0, executeDump: 1, checkConnection: 0 } as const;

const ONE_CONNECTION: Readonly<Record<string, string>> = {
  sqlite: 'SQLite',
  libsql: 'libSQL',
  pglite: 'PGlite',
};

/**
 * SQLite, libSQL and PGlite have one connection. While the session's transaction is open on it, a statement outside would wait for a
 * commit that can only come after it; this makes it an error instead.
 */
export function refuseToWait(em: SqlEm, dialect: string): void {
  const database = ONE_CONNECTION[dialect];
  if (database === undefined) return;
  passOn(em.getDriver());
  for (const connection of new Set([em.getConnection('write'), em.getConnection('read')])) {
    for (const [name, position] of Object.entries(METHODS)) {
      const method = Reflect.get(connection, name) as Method;
      Reflect.set(connection, name, (...args: unknown[]) => {
        const place = args[position];
        const transaction = name === 'begin' ? (place as { ctx?: unknown } | undefined)?.ctx : place;
        if (transaction === undefined && em.getTransactionContext() !== undefined) throw wouldWait(database);
        return Reflect.apply(method, connection, args);
      });
    }
  }
}

/** MikroORM would make a database's error of it, and drop its hint. */
function passOn(driver: object): void {
  const convert = Reflect.get(driver, 'convertException') as Method;
  Reflect.set(driver, 'convertException', (error: unknown) =>
    error instanceof MikroscopeError ? error : Reflect.apply(convert, driver, [error]),
  );
}

function wouldWait(database: string): MikroscopeError {
  return new MikroscopeError(
    'DatabaseBusy',
    `This would wait forever: ${database} has one connection, and the transaction of the session is open on it`,
    'commit() or rollback() first.',
  );
}
