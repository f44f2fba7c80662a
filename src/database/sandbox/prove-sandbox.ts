import type { MikroORM } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { Location } from '../../dialects/location.ts';
import { MikroscopeError } from '../../errors.ts';
import { connectionsOf } from '../../mikro-orm/connections.ts';

/**
 * Looks for the way back of every connection that a session can use. Needs no rights, and leaves nothing behind if
 * there is none.
 *
 * @throws MikroscopeError `Unguarded` if what is written would last
 */
export async function proveSandbox(orm: MikroORM, { sandbox }: Dialect, { url }: Location): Promise<void> {
  for (const connection of connectionsOf(orm)) {
    if (await sandbox.undoes(connection, orm)) continue;
    throw new MikroscopeError(
      'Unguarded',
      `${url} cannot be opened as a sandbox: what is written in it would last`,
      'Leave --sandbox out, or use a copy of the database.',
    );
  }
}
