import type { MikroORM } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { OneTransaction, Run } from '../../dialects/sandbox.ts';
import { cannotUndo } from '../../dialects/cannot-undo.ts';
import type { Location } from '../../dialects/location.ts';
import { MikroscopeError } from '../../errors.ts';
import { onOpen } from '../../mikro-orm/connections.ts';
import type { Interceptor, Layer, OpenConnection, SentStatement } from '../../mikro-orm/interceptor.ts';
import { assertInTransaction, assertNotItsOwn, refuseProof } from './prove-sandbox.ts';
import { assertIsolation } from './read-undoable.ts';
import { Savepoints } from './savepoints.ts';

interface Transacted {
  readonly dialect: Dialect;
  readonly sandbox: OneTransaction;
  readonly place: Location;
  readonly interceptor: Interceptor;
  /** Called after each statement that wrote. */
  readonly wrote: () => void;
}

/**
 * Makes everything that MikroORM does on a server happen in one transaction, on one connection, that is never
 * committed: it ends with the connection, and however that ends, the server undoes it.
 *
 * @returns what sends a statement on that connection, past everything
 */
export function sandboxOnServer(orm: MikroORM, transacted: Transacted): Run {
  const { options, connect, disconnect } = transacted.sandbox.open();
  onOpen(orm, options);
  let run: Run | undefined;
  const inside = keepInside(transacted);
  transacted.interceptor.add('sandbox', {
    ...inside,
    ...(disconnect && { disconnect }),
    async connect(connection) {
      run = connection.run;
      await inside.connect(connection);
      await connect?.(connection.run);
    },
  });
  return async sql => run?.(sql);
}

function keepInside({
  dialect,
  sandbox,
  place,
  wrote,
}: Transacted): Layer & Required<Pick<Layer, 'connect'>> {
  const known = new WeakMap<OpenConnection, Savepoints>();
  const savepointsOf = (connection: OpenConnection) => {
    const savepoints = known.get(connection) ?? new Savepoints(dialect, sandbox, connection.run, wrote);
    known.set(connection, savepoints);
    return savepoints;
  };
  return {
    open: isIntercepted => assertNotItsOwn(!isIntercepted),
    async connect({ run }) {
      if (sandbox.onConnect !== undefined) await run(sandbox.onConnect);
      await assertInTransaction(run, dialect, place);
    },
    admit: refuseProof,
    begin: sql => assertIsolation(sql, dialect.family, sandbox),
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
