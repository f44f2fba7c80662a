import type { MikroORM } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { Location } from '../../dialects/location.ts';
import { MikroscopeError } from '../../errors.ts';
import { bringsItsOwn, keepConnections } from '../../mikro-orm/connections.ts';
import type { Interceptor } from '../../mikro-orm/interceptor.ts';
import { assertNotItsOwn, dumpsHere, keepsSavepoint, proveSandbox } from './prove-sandbox.ts';
import { sandboxInMemory } from './sandbox-in-memory.ts';
import { sandboxOnServer } from './sandbox-on-server.ts';

/**
 * Makes everything that MikroORM does from now on vanish with its connection: on a server all of it happens in one
 * transaction that is never committed, and an embedded database is copied into memory. Code that opens a connection of
 * its own is not in the sandbox.
 *
 * @param wrote called after each statement that wrote
 * @throws MikroscopeError `BadArgument` if this database cannot be a sandbox, `Unguarded` if it does not prove to be one
 */
export async function openSandbox(
  orm: MikroORM,
  dialect: Dialect,
  place: Location,
  interceptor: Interceptor,
  wrote: () => void,
): Promise<void> {
  const { sandbox } = dialect;
  const { url } = place;
  let isProven = false;
  const count = () => {
    if (isProven) wrote();
  };
  assertNotItsOwn(bringsItsOwn(orm, dialect.clientOption));
  if (orm.config.get('attachDatabases')?.length)
    throw fail('This configuration cannot be opened as a sandbox: it attaches other databases');
  keepConnections(orm);
  if (sandbox.kind === 'copy') {
    assertNone(url, sandbox.obstacle?.(orm, place));
    await sandboxInMemory(orm, { dialect, sandbox, place, interceptor, wrote: count });
    await proveSandbox(
      orm,
      place,
      async connection => (await sandbox.undoes(connection, orm)) && dumpsHere(connection),
    );
  } else {
    const run = sandboxOnServer(orm, { dialect, sandbox, place, interceptor, wrote: count });
    await orm.driver.getConnection().execute(dialect.probe(place));
    assertNone(url, await sandbox.obstacle?.(orm.driver.getConnection()));
    await proveSandbox(orm, place, connection => keepsSavepoint(connection, run));
  }
  isProven = true;
}

function assertNone(url: string, obstacle: string | undefined): void {
  if (obstacle !== undefined) throw fail(`${url} cannot be a sandbox: ${obstacle}`);
}

function fail(message: string): MikroscopeError {
  return new MikroscopeError('BadArgument', message, 'Leave --sandbox out, or use a copy of the database.');
}
