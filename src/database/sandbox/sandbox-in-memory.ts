import type { MikroORM } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { Location } from '../../dialects/location.ts';
import type { MemoryCopy } from '../../dialects/sandbox.ts';
import { MikroscopeError } from '../../errors.ts';
import { onOpen } from '../../mikro-orm/connections.ts';
import type { Interceptor } from '../../mikro-orm/interceptor.ts';
import { readStatements } from '../../sql/statement.ts';
import { assertNotItsOwn, refuseProof, wouldLast } from './prove-sandbox.ts';

interface Copied {
  readonly dialect: Dialect;
  readonly sandbox: MemoryCopy;
  readonly place: Location;
  readonly interceptor: Interceptor;
  /** Called after each statement that wrote. */
  readonly wrote: () => void;
}

/**
 * Makes MikroORM work on a copy in memory of an embedded database. The database itself is opened once, to be copied.
 *
 * @throws MikroscopeError if it cannot be copied
 */
export async function sandboxInMemory(
  orm: MikroORM,
  { dialect, sandbox, place, interceptor, wrote }: Copied,
): Promise<void> {
  const { file } = place;
  let change = (options: object) => sandbox.original(options, file ?? '');
  let isCopy = false;
  onOpen(orm, options => change(options));
  interceptor.add('sandbox', {
    open: isIntercepted => assertNotItsOwn(!isIntercepted),
    async connect({ run }) {
      sandbox.keepInside?.(orm);
      if (isCopy && (await sandbox.isInMemory?.(run)) === false) throw wouldLast(place);
    },
    admit: refuseProof,
    async execute({ sql }, send) {
      const result = await send();
      if (readStatements(sql, dialect.family).some(({ writes }) => writes)) wrote();
      return result;
    },
  });
  // One in memory is opened as it is: nothing of it lasts.
  change = file === undefined ? options => options : await copyOf(orm, sandbox, interceptor);
  isCopy = true;
}

async function copyOf(orm: MikroORM, sandbox: MemoryCopy, interceptor: Interceptor) {
  // They may write, and what they set for a connection is needed on the copy only.
  interceptor.leavesHooksOut = true;
  try {
    await orm.connect();
    return await sandbox.copy(orm);
  } catch (error) {
    // A database that is not there yet is as good as empty.
    if (error instanceof MikroscopeError && error.code === 'MissingDatabase') return sandbox.empty;
    throw error;
  } finally {
    interceptor.leavesHooksOut = false;
    await orm.driver.close(true);
  }
}
