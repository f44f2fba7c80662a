import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../../errors.ts';
import { bringsItsOwn, onOpen } from '../../mikro-orm/connections.ts';
import type { Interceptor, Layer, SentStatement } from '../../mikro-orm/interceptor.ts';
import { oneStatement, onClient, type PgClient } from '../../mikro-orm/pg-client.ts';
import { familyOf } from '../../sql/token.ts';
import { readOnlyUrl } from '../connection-options.ts';
import type { Location } from '../location.ts';
import { admitted, isReadOnlyError, readOnlyError } from './read-only-statement.ts';

const POSTGRES_READ_ONLY = 'set session characteristics as transaction read only';
const MYSQL_READ_ONLY = 'set session transaction read only';

/**
 * Makes the database refuse every write of every connection that MikroORM opens from now on: SQLite and libSQL open
 * the file read-only, the others run read-only transactions. Code that opens a connection of its own can still write.
 *
 * @throws MikroscopeError `BadArgument` where the database has no way to refuse
 */
export function openReadOnly(orm: MikroORM, place: Location, interceptor: Interceptor): void {
  assertPossible(orm, place);
  onOpen(orm, options => readOnlyOptions(place, options));
  interceptor.add('read-only', refuseWrites(place.dialect));
}

function readOnlyOptions({ dialect, file }: Location, options: object): object {
  switch (dialect) {
    case 'sqlite':
      return { ...options, readonly: true };
    case 'libsql':
      return { ...options, url: readOnlyUrl(file ?? '') };
    case 'postgresql':
      return onClient(options, keepReadOnly);
    case 'pglite':
      return options;
    default:
      return { ...options, multipleStatements: false };
  }
}

function assertPossible(orm: MikroORM, { dialect, file, host, url }: Location): void {
  const fail = (message: string, hint: string) => new MikroscopeError('BadArgument', message, hint);
  if (['sqlite', 'libsql', 'pglite'].includes(dialect) && file === undefined) {
    if (host === undefined)
      throw fail(`${url} is empty: there is nothing to read in it`, 'Leave --read-only out, or name a file.');
    throw fail(`libSQL cannot open ${url} read-only`, 'Give it a token that may only read.');
  }
  if (bringsItsOwn(orm, dialect))
    throw fail(
      'This configuration cannot be opened read-only: it brings its own connection',
      'Leave --read-only out, or connect as a user that may only read.',
    );
}

function refuseWrites(dialect: string): Layer {
  /** What the next transaction is, whatever the last statement has set. */
  const before = async ({ connection, transaction }: SentStatement) => {
    if (familyOf(dialect) === 'mysql' && transaction === undefined) await connection.run(MYSQL_READ_ONLY);
  };
  return {
    async connect({ run }) {
      if (dialect === 'pglite') await run(POSTGRES_READ_ONLY);
    },
    admit: ({ sql }) => admitted(dialect, sql),
    async execute(statement, send) {
      await before(statement);
      try {
        return await send();
      } catch (error) {
        throw inOwnWords(error);
      } finally {
        // A SELECT can call set_config(); an aborted transaction refuses this, and forgets what was set in it.
        if (dialect === 'pglite') await statement.connection.run(POSTGRES_READ_ONLY).catch(() => {});
      }
    },
    async *stream(statement, rows) {
      await before(statement);
      try {
        yield* rows();
      } catch (error) {
        throw inOwnWords(error);
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

function inOwnWords(error: unknown): unknown {
  return isReadOnlyError(error) ? readOnlyError(error) : error;
}

/** Between transactions every statement is made read-only anew, as the last SELECT may have called set_config(). */
function keepReadOnly(client: PgClient): void {
  const query = client.query.bind(client);
  client.query = (first, ...rest) => {
    const { text, isCursor, args } = oneStatement(first, rest);
    const send = () => query(...args);
    if ((client.getTransactionStatus?.() ?? 'I') !== 'I' || text === 'begin read only') return send();
    const sent = (query({ text: POSTGRES_READ_ONLY }) as Promise<unknown>).then(send, send);
    return isCursor ? first : sent;
  };
}
