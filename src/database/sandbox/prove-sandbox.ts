import type { Connection, MikroORM } from '@mikro-orm/core';
import { randomUUID } from 'node:crypto';
import { cannotUndo } from '../../dialects/cannot-undo.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { isOfEarlier } from '../../dialects/failure.ts';
import type { Location } from '../../dialects/location.ts';
import type { Run } from '../../dialects/sandbox.ts';
import { MikroscopeError } from '../../errors.ts';
import { connectionsOf } from '../../mikro-orm/connections.ts';
import type { Statement } from '../../mikro-orm/interceptor.ts';
import { waysOf } from '../../mikro-orm/ways.ts';

const NAME = `proof_${randomUUID().replaceAll('-', '')}`;
const PROOF = `select 1 as ${NAME}`;

/**
 * Looks for the way back of every connection that a session can use, and whether each way that MikroORM has leads
 * there. Needs no rights, and leaves nothing behind if there is none.
 *
 * @param undoes the proof that what is written on a connection does not last
 * @throws MikroscopeError `Unguarded` if what is written would last
 */
export async function proveSandbox(
  orm: MikroORM,
  place: Location,
  undoes: (connection: Connection) => Promise<boolean>,
): Promise<void> {
  for (const connection of connectionsOf(orm)) if (!(await undoes(connection))) throw wouldLast(place);
  const ways = [
    ...waysOf(orm).map(way => () => way.run(PROOF)),
    ...connectionsOf(orm).map(connection => () => connection.executeDump(PROOF)),
  ];
  for (const way of ways) {
    const error = await way().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof MikroscopeError)) throw wouldLast(place, error);
    if (error.code !== 'CannotUndo') throw error;
  }
}

/** Refuses the statement that is sent in every way, and must come here. */
export function refuseProof({ sql }: Statement): undefined {
  if (sql.includes(PROOF)) throw cannotUndo('a proof');
}

/** A connection that mikroscope has not opened is not in the sandbox. @throws MikroscopeError `BadArgument` */
export function assertNotItsOwn(isItsOwn: boolean): void {
  if (isItsOwn)
    throw new MikroscopeError(
      'BadArgument',
      'This configuration cannot be opened as a sandbox: it brings its own connection',
      'Leave --sandbox out, or use a copy of the database.',
    );
}

/** A savepoint can be returned to only inside of a transaction. @throws MikroscopeError `Unguarded` */
export async function assertInTransaction(run: Run, dialect: Dialect, place: Location): Promise<void> {
  try {
    for (const step of ['savepoint', 'rollback to savepoint', 'release savepoint'])
      await run(`${step} ${NAME}`);
  } catch (error) {
    if (error instanceof MikroscopeError || isOfEarlier(dialect, error)) throw error;
    throw wouldLast(place, error);
  }
}

/** A commit that commits nothing leaves a savepoint from before it. @param run goes past what stands for transactions */
export async function keepsSavepoint(connection: Connection, run: Run): Promise<boolean> {
  await run(`savepoint ${NAME}`);
  await connection.commit(await connection.begin());
  try {
    await run(`rollback to savepoint ${NAME}`);
    await run(`release savepoint ${NAME}`);
    return true;
  } catch {
    return false;
  }
}

/** A dump goes past MikroORM's own connection, and has to end on it nevertheless. */
export async function dumpsHere(connection: Connection): Promise<boolean> {
  await connection.executeDump(`create temporary table ${NAME} (id int)`);
  try {
    await connection.execute(`drop table ${NAME}`);
    return true;
  } catch {
    return false;
  }
}

export function wouldLast({ url }: Location, cause?: unknown): MikroscopeError {
  return new MikroscopeError(
    'Unguarded',
    `${url} cannot be opened as a sandbox: what is written in it would last`,
    'Leave --sandbox out, or use a copy of the database.',
    { cause },
  );
}
