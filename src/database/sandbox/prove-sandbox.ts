import type { Connection, MikroORM } from '@mikro-orm/core';
import { randomUUID } from 'node:crypto';
import { MikroscopeError } from '../../errors.ts';
import { connectionsOf } from '../../mikro-orm/connections.ts';
import { pgliteOf } from '../../mikro-orm/native-client.ts';
import type { Location } from '../location.ts';

/** Whether what is done on a connection is not done to the database. */
type Proof = (connection: Connection, orm: MikroORM) => Promise<boolean>;

const PROOFS: Readonly<Record<string, Proof>> = {
  sqlite: isInMemory,
  libsql: isInMemory,
  pglite: isPgliteInMemory,
  postgresql: keepsSetting,
  mysql: keepsSavepoint,
  mariadb: keepsSavepoint,
};

/**
 * Looks for the way back of every connection that a session can use. Needs no rights, and leaves nothing behind should
 * there be none.
 *
 * @throws MikroscopeError `Unguarded` where what is written would last
 */
export async function proveSandbox(orm: MikroORM, { dialect, url }: Location): Promise<void> {
  for (const connection of connectionsOf(orm)) {
    if (await PROOFS[dialect]?.(connection, orm)) continue;
    throw new MikroscopeError(
      'Unguarded',
      `${url} cannot be opened as a sandbox: what is written in it would last`,
      'Leave --sandbox out, or use a copy of the database.',
    );
  }
}

/** SQLite tells the file of every database that a connection has; one in memory has none. */
async function isInMemory(connection: Connection): Promise<boolean> {
  const databases: { file: string }[] = await connection.execute('pragma database_list');
  return databases.length > 0 && databases.every(({ file }) => file === '');
}

async function isPgliteInMemory(_connection: Connection, orm: MikroORM): Promise<boolean> {
  const { dataDir } = (await pgliteOf(orm)) as { dataDir?: string };
  return dataDir?.startsWith('memory:') === true;
}

/** A setting of PostgreSQL's that lasts as long as its transaction. */
async function keepsSetting(connection: Connection): Promise<boolean> {
  const value = randomUUID();
  try {
    await connection.execute(`select set_config('mikroscope.sandbox', '${value}', true)`);
  } catch (error) {
    // The savepoint that goes before it found no transaction.
    if (Reflect.get(error as object, 'code') === '25P01') return false;
    throw error;
  }
  await commitNothing(connection);
  const [row]: { value: unknown }[] = await connection.execute(
    "select current_setting('mikroscope.sandbox', true) as value",
  );
  return row?.value === value;
}

/** A savepoint lasts as long as its transaction, too. */
async function keepsSavepoint(connection: Connection): Promise<boolean> {
  const savepoint = `proof_${randomUUID().replaceAll('-', '')}`;
  await connection.execute(`savepoint ${savepoint}`);
  await commitNothing(connection);
  try {
    await connection.execute(`rollback to savepoint ${savepoint}`);
    return true;
  } catch {
    return false;
  }
}

async function commitNothing(connection: Connection): Promise<void> {
  await connection.commit(await connection.begin());
}
