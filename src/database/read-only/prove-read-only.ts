import type { Connection, MikroORM, Transaction } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { Location } from '../../dialects/location.ts';
import { MikroscopeError } from '../../errors.ts';
import { connectionsOf } from '../../mikro-orm/connections.ts';
import { isReadOnlyRefusal } from './is-read-only-refusal.ts';

/**
 * Tries to write, by itself and in a transaction, on every connection that a session can use.
 *
 * @throws MikroscopeError `Unguarded` if the database does not refuse it as a write
 */
export async function proveReadOnly(orm: MikroORM, dialect: Dialect, { url }: Location): Promise<void> {
  const { harmlessWrite: write, needsRollback } = dialect.readOnly;
  for (const connection of connectionsOf(orm)) {
    const inTransaction = await refusalInTransaction(connection, write);
    const refusals = [inTransaction, ...(needsRollback ? [] : [await refusal(connection, write)])];
    for (const error of refusals) {
      if (error instanceof MikroscopeError && isReadOnlyRefusal(dialect, error.cause)) continue;
      const why = error === undefined ? 'a write was not refused' : (error as Error).message;
      throw new MikroscopeError(
        'Unguarded',
        `${url} cannot be opened read-only: ${why}`,
        'Connect as a user that may only read, and leave --read-only out.',
        { cause: error },
      );
    }
  }
}

async function refusalInTransaction(connection: Connection, write: string): Promise<unknown> {
  const transaction = await connection.begin();
  try {
    return await refusal(connection, write, transaction);
  } finally {
    await connection.rollback(transaction);
  }
}

/** The error of a statement; undefined if it succeeds. */
async function refusal(connection: Connection, sql: string, transaction?: Transaction): Promise<unknown> {
  try {
    await connection.execute(sql, [], 'run', transaction);
    return undefined;
  } catch (error) {
    return error;
  }
}
