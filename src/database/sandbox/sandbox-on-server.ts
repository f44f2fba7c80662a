import type { MikroORM } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { OneTransaction } from '../../dialects/sandbox.ts';
import { cannotUndo } from '../../dialects/cannot-undo.ts';
import { MikroscopeError } from '../../errors.ts';
import { onOpen } from '../../mikro-orm/connections.ts';
import type { Interceptor, Layer, OpenConnection, SentStatement } from '../../mikro-orm/interceptor.ts';
import { Savepoints } from './savepoints.ts';

interface Transacted {
  readonly dialect: Dialect;
  readonly sandbox: OneTransaction;
  readonly interceptor: Interceptor;
  /** Called after each statement that wrote. */
  readonly wrote: () => void;
}

/**
 * Makes everything that MikroORM does on a server happen in one transaction, on one connection, that is never
 * committed: it ends with the connection, and however that ends, the server undoes it.
 */
export function sandboxOnServer(orm: MikroORM, transacted: Transacted): void {
  const { options, disconnect } = transacted.sandbox.open();
  onOpen(orm, options);
  transacted.interceptor.add('sandbox', { ...keepInside(transacted), ...(disconnect && { disconnect }) });
}

function keepInside({ dialect, sandbox, wrote }: Transacted): Layer {
  const known = new WeakMap<OpenConnection, Savepoints>();
  const savepointsOf = (connection: OpenConnection) => {
    const savepoints = known.get(connection) ?? new Savepoints(dialect, sandbox, connection.run, wrote);
    known.set(connection, savepoints);
    return savepoints;
  };
  return {
    async connect({ run }) {
      if (sandbox.onConnect !== undefined) await run(sandbox.onConnect);
    },
    async execute<R>({ sql, connection }: SentStatement, send: () => Promise<R>) {
      try {
        return (await savepointsOf(connection).execute(sql, send)) as R;
      } catch (error) {
        const refused = sandbox.refusedInside?.(error);
        throw refused === undefined ? error : cannotUndo(refused, error);
      }
    },
    stream({ sql, connection }, rows) {
      return savepointsOf(connection).stream(sql, rows);
    },
    bypass(way) {
      throw new MikroscopeError(
        'CannotUndo',
        `This is a sandbox (--sandbox), and ${way}() would go past it`,
        'Use em.execute().',
      );
    },
  };
}
