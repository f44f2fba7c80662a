import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../../errors.ts';
import { bringsItsOwn, driverOptionsOf } from '../../mikro-orm/connections.ts';
import type { Interceptor } from '../../mikro-orm/interceptor.ts';
import type { Location } from '../location.ts';
import { sandboxInMemory } from './memory-copy.ts';
import { sandboxOnServer } from './one-transaction.ts';

/** A table whose engine knows no transactions. */
const LASTING =
  'select t.table_name as name, t.engine as engine from information_schema.tables t ' +
  'join information_schema.engines e on e.engine = t.engine ' +
  "where t.table_schema = database() and t.table_type = 'BASE TABLE' and coalesce(e.transactions, 'NO') <> 'YES' limit 1";

/**
 * Makes everything that MikroORM does from now on vanish with its connection: on a server all of it happens in one
 * transaction that is never committed, and an embedded database is copied into memory. Whoever opens a connection of
 * his own is not in the sandbox.
 *
 * @param wrote called after each statement that wrote
 * @throws MikroscopeError where a database cannot be had like that
 */
export async function openSandbox(
  orm: MikroORM,
  place: Location,
  interceptor: Interceptor,
  wrote: () => void,
): Promise<void> {
  const { dialect, host, url } = place;
  const fail = (message: string) =>
    new MikroscopeError('BadArgument', message, 'Leave --sandbox out, or use a copy of the database.');
  if (bringsItsOwn(orm, dialect))
    throw fail('This configuration cannot be opened as a sandbox: it brings its own connection');
  if (
    dialect === 'libsql' &&
    (host !== undefined || Reflect.get(driverOptionsOf(orm), 'syncUrl') !== undefined)
  )
    throw fail(`${url} cannot be a sandbox: what libSQL writes on a server is there at once`);
  if (orm.config.get('attachDatabases')?.length)
    throw fail('This configuration cannot be opened as a sandbox: it attaches other databases');
  if (/^(?:sqlite|libsql|pglite)$/.test(dialect)) await sandboxInMemory(orm, place, interceptor, wrote);
  else sandboxOnServer(orm, dialect, interceptor, wrote);
  if (dialect === 'mysql' || dialect === 'mariadb') {
    const [table] = await orm.driver.getConnection().execute<{ name: string; engine: string }[]>(LASTING);
    if (table)
      throw fail(
        `${url} cannot be a sandbox: its table ${table.name} (${table.engine}) cannot be rolled back`,
      );
  }
}
