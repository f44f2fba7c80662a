import type { SqlEm } from './orm.ts';
import { opening } from '../sql/statement.ts';
import { MikroscopeError } from '../errors.ts';

type Method = (...args: unknown[]) => unknown;

/**
 * Transactions as SQL that somebody types. One that begins outside of MikroORM's would stay open on a connection of the
 * pool, where others wait for it; one of MikroORM's that SQL has ended is ended for MikroORM, too.
 */
export function adoptRawTransactions(em: SqlEm, dialect: string): void {
  for (const connection of new Set([em.getConnection('write'), em.getConnection('read')])) {
    const method = (name: string): Method => {
      const found = Reflect.get(connection, name) as Method;
      return (...args) => Reflect.apply(found, connection, args);
    };
    const execute = method('execute');
    Reflect.set(connection, 'execute', (...args: unknown[]) => {
      const [query, , , transaction] = args;
      if (typeof query === 'string') assertAllowed(query, dialect, transaction !== undefined);
      return execute(...args);
    });
    if (dialect !== 'sqlite' && dialect !== 'libsql') continue;
    for (const name of ['commit', 'rollback']) {
      const end = method(name);
      Reflect.set(connection, name, async (transaction: unknown, ...rest: unknown[]) => {
        try {
          return await end(transaction, ...rest);
        } catch (error) {
          if (!/no transaction is active/.test(String(error))) throw error;
          // Only an end that works gives the connection back.
          await execute('begin', [], 'run', transaction);
          return end(transaction, ...rest);
        }
      });
    }
  }
}

/** PGlite's driver begins and ends transactions in a way of its own, and is lost when SQL does. */
function assertAllowed(query: string, dialect: string, isInside: boolean): void {
  const { text, word } = opening(query);
  const begins = word === 'begin' || /^start\s+transaction\b/i.test(text);
  const ends =
    /^(?:commit|end|abort|rollback)$/.test(word) &&
    !/^rollback\s+(?:(?:work|transaction)\s+)?to\b/i.test(text);
  if (dialect === 'pglite' ? !begins && !ends : !begins || isInside) return;
  throw new MikroscopeError(
    'InvalidState',
    `${word.toUpperCase()} as SQL would leave the session's transaction behind`,
    'Use commit(), rollback() and nested(), or em.transactional().',
  );
}
