import type { MikroORM } from '@mikro-orm/core';
import type { Dialect } from '../../dialects/dialect.ts';
import type { Location } from '../../dialects/location.ts';
import { readOnlyError } from '../../dialects/read-only-statement.ts';
import { MikroscopeError } from '../../errors.ts';
import { bringsItsOwn, keepConnections, onOpen } from '../../mikro-orm/connections.ts';
import type { Interceptor, Layer, OpenConnection, SentStatement } from '../../mikro-orm/interceptor.ts';
import { assertRefused } from './assert-refused.ts';
import { isReadOnlyRefusal } from './is-read-only-refusal.ts';

/**
 * Makes the database refuse every write of every connection that MikroORM opens from now on, in the way of its dialect.
 * Code that opens a connection of its own can still write.
 *
 * @throws MikroscopeError `BadArgument` if the database has no way to refuse
 */
export function openReadOnly(
  orm: MikroORM,
  dialect: Dialect,
  place: Location,
  interceptor: Interceptor,
): void {
  assertPossible(orm, dialect, place);
  keepConnections(orm);
  onOpen(orm, options => dialect.readOnly.options(options, place.file ?? ''));
  interceptor.add('read-only', refuseWrites(dialect, place));
}

function assertPossible(orm: MikroORM, dialect: Dialect, { file, host, url }: Location): void {
  const fail = (message: string, hint: string) => new MikroscopeError('BadArgument', message, hint);
  if (dialect.isEmbedded && file === undefined) {
    if (host === undefined)
      throw fail(`${url} is empty: there is nothing to read in it`, 'Leave --read-only out, or name a file.');
    throw fail(`${dialect.label} cannot open ${url} read-only`, 'Give it a token that may only read.');
  }
  if (bringsItsOwn(orm, dialect.clientOption)) throw itsOwn();
}

function itsOwn(): MikroscopeError {
  return new MikroscopeError(
    'BadArgument',
    'This configuration cannot be opened read-only: it brings its own connection',
    'Leave --read-only out, or connect as a user that may only read.',
  );
}

/** The end of the last statement on a connection: what it set must not be there for the next. */
const ends = new WeakMap<OpenConnection, Promise<unknown>>();

function inTurn<R>(connection: OpenConnection, work: () => Promise<R>): Promise<R> {
  const done = (ends.get(connection) ?? Promise.resolve()).then(work);
  ends.set(
    connection,
    done.catch(() => {}),
  );
  return done;
}

function refuseWrites(dialect: Dialect, place: Location): Layer {
  const { readOnly } = dialect;
  const { onConnect, beforeStatement, afterStatement } = readOnly;
  const before = async ({ connection, transaction }: SentStatement) => {
    if (beforeStatement !== undefined && transaction === undefined) await connection.run(beforeStatement);
  };
  const after = async ({ connection }: SentStatement) => {
    if (afterStatement !== undefined) await connection.run(afterStatement).catch(() => {});
  };
  const inOwnWords = (error: unknown) => (isReadOnlyRefusal(dialect, error) ? readOnlyError(error) : error);
  return {
    open(isIntercepted) {
      if (!isIntercepted) throw itsOwn();
    },
    async connect({ run }) {
      if (onConnect !== undefined) await run(onConnect);
      await assertRefused(run, dialect, place);
    },
    admit({ sql }) {
      // The proof that a way leads here needs no answer of the database.
      if (sql.includes(readOnly.harmlessWrite)) throw readOnlyError();
      return readOnly.admit(sql);
    },
    execute(statement, send) {
      return inTurn(statement.connection, async () => {
        await before(statement);
        try {
          return await send();
        } catch (error) {
          throw inOwnWords(error);
        } finally {
          await after(statement);
        }
      });
    },
    async *stream(statement, rows) {
      await inTurn(statement.connection, () => before(statement));
      try {
        yield* rows();
      } catch (error) {
        throw inOwnWords(error);
      } finally {
        await after(statement);
      }
    },
    bypass(way) {
      throw new MikroscopeError(
        'ReadOnly',
        `This session is read-only (--read-only), and ${way}() would go past that`,
        'Use em.execute().',
      );
    },
  };
}
