import type { Connection, MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

/** The database of better-sqlite3 or libsql that MikroORM has open: the one way to it in MikroORM 7.0 and 7.1. */
export function embeddedDatabase(orm: MikroORM): unknown {
  return Reflect.get(orm.driver.getConnection(), 'database');
}

/** Whether better-sqlite3 or libsql has a transaction open; undefined for other drivers, where only SQL tells. */
export function isInTransaction(connection: Connection): boolean | undefined {
  const database: unknown = Reflect.get(connection, 'database');
  const isOpen: unknown =
    typeof database === 'object' && database !== null ? Reflect.get(database, 'inTransaction') : undefined;
  return typeof isOpen === 'boolean' ? isOpen : undefined;
}

/** Whether the client that a connection hands out is the database that it has open. */
export async function handsOutItsOwn(connection: Connection): Promise<boolean> {
  const getNativeClient = Reflect.get(connection, 'getNativeClient') as (() => Promise<unknown>) | undefined;
  return (
    getNativeClient === undefined ||
    (await getNativeClient.call(connection)) === Reflect.get(connection, 'database')
  );
}

/**
 * The PGlite that MikroORM has open.
 *
 * @throws MikroscopeError `UnsupportedVersion` before MikroORM 7.2, which keeps it to itself
 */
export async function pgliteOf(orm: MikroORM): Promise<unknown> {
  const connection = orm.driver.getConnection();
  const getNativeClient = Reflect.get(connection, 'getNativeClient') as (() => Promise<unknown>) | undefined;
  if (getNativeClient === undefined)
    throw new MikroscopeError(
      'UnsupportedVersion',
      'A sandbox on PGlite needs MikroORM 7.2, which hands out what it has open',
      'Update MikroORM, or leave --sandbox out.',
    );
  return getNativeClient.call(connection);
}
