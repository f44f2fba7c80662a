import type { MikroORM } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { Location } from '../../dialects/location.ts';
import { MikroscopeError } from '../../errors.ts';
import { bringsItsOwn } from '../../mikro-orm/connections.ts';
import type { Interceptor } from '../../mikro-orm/interceptor.ts';
import { sandboxInMemory } from './sandbox-in-memory.ts';
import { sandboxOnServer } from './sandbox-on-server.ts';

/**
 * Makes everything that MikroORM does from now on vanish with its connection: on a server all of it happens in one
 * transaction that is never committed, and an embedded database is copied into memory. Code that opens a connection of
 * its own is not in the sandbox.
 *
 * @param wrote called after each statement that wrote
 * @throws MikroscopeError `BadArgument` if this database cannot be a sandbox
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
  if (bringsItsOwn(orm, dialect.clientOption))
    throw fail('This configuration cannot be opened as a sandbox: it brings its own connection');
  if (orm.config.get('attachDatabases')?.length)
    throw fail('This configuration cannot be opened as a sandbox: it attaches other databases');
  if (sandbox.kind === 'copy') {
    assertNone(url, sandbox.obstacle?.(orm, place));
    await sandboxInMemory(orm, { dialect, sandbox, place, interceptor, wrote });
  } else {
    sandboxOnServer(orm, { dialect, sandbox, interceptor, wrote });
    assertNone(url, await sandbox.obstacle?.(orm.driver.getConnection()));
  }
}

function assertNone(url: string, obstacle: string | undefined): void {
  if (obstacle !== undefined) throw fail(`${url} cannot be a sandbox: ${obstacle}`);
}

function fail(message: string): MikroscopeError {
  return new MikroscopeError('BadArgument', message, 'Leave --sandbox out, or use a copy of the database.');
}
