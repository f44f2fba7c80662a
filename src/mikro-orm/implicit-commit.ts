import type { SqlEm } from './orm.ts';
import { MikroscopeError } from '../errors.ts';

type Execute = (query: unknown, params?: unknown, method?: unknown, ctx?: unknown) => unknown;

/** What commits the open transaction in MySQL and MariaDB, without a word. */
const COMMITTING =
  /^\s*(?:(?:create|drop)\s+(?!temporary\b)|(?:alter|truncate|rename|grant|revoke|lock\s+tables?|analyze|optimize|repair)\b)/i;

export function commitsAtDdl(dialect: string): boolean {
  return dialect === 'mysql' || dialect === 'mariadb';
}

/**
 * MySQL and MariaDB commit the open transaction before a CREATE, ALTER or DROP: a rollback() after it would take
 * back nothing, and say that it did. This makes the statement an error instead.
 */
export function refuseToCommitSilently(em: SqlEm, dialect: string): void {
  if (!commitsAtDdl(dialect)) return;
  const connection = em.getConnection('write');
  const execute = Reflect.get(connection, 'execute') as Execute;
  Reflect.set(connection, 'execute', (...args: Parameters<Execute>) => {
    const [query, , , ctx] = args;
    if (ctx !== undefined && ctx === em.getTransactionContext() && COMMITTING.test(String(query)))
      throw wouldCommit('This statement');
    return Reflect.apply(execute, connection, args);
  });
}

export function wouldCommit(what: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidState',
    `${what} would commit the open transaction: MySQL and MariaDB do so before they change a table`,
    'commit() or rollback() first.',
  );
}
