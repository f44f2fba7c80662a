import type { Connection, MikroORM } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { Location } from '../../dialects/location.ts';
import { MikroscopeError } from '../../errors.ts';
import { connectionsOf } from '../../mikro-orm/connections.ts';
import { waysOf } from '../../mikro-orm/ways.ts';
import { connectionError } from '../connection-error.ts';
import { notRefused } from './assert-refused.ts';

/**
 * Tries to write in every way that MikroORM has, on every connection that a session can use: none may lead past the
 * guard. That a connection refuses writes by itself is proven whenever one is opened.
 *
 * @throws MikroscopeError `Unguarded` if one of them is not refused
 */
export async function proveReadOnly(orm: MikroORM, dialect: Dialect, place: Location): Promise<void> {
  for (const connection of connectionsOf(orm)) await reach(connection, orm, dialect, place);
  const write = dialect.readOnly.harmlessWrite;
  const ways = [
    ...waysOf(orm).map(way => () => way.run(write)),
    ...connectionsOf(orm).map(connection => () => connection.executeDump(write)),
  ];
  for (const way of ways) {
    const error = await errorOf(way);
    if (error instanceof MikroscopeError && error.code === 'ReadOnly') continue;
    throw error instanceof MikroscopeError ? error : notRefused(place, error);
  }
}

/** Opens a connection. @throws MikroscopeError that says where it leads if it cannot be opened */
async function reach(
  connection: Connection,
  orm: MikroORM,
  dialect: Dialect,
  place: Location,
): Promise<void> {
  try {
    await connection.execute(dialect.probe(place));
  } catch (error) {
    const isReplica = connection !== orm.driver.getConnection();
    throw connectionError(error, dialect, isReplica ? dialect.locate(orm, connection) : place);
  }
}

/** What a function throws; undefined if it does not. */
async function errorOf(use: () => Promise<unknown>): Promise<unknown> {
  try {
    await use();
    return undefined;
  } catch (error) {
    return error;
  }
}
