import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { connectionsOf, onConnect } from './on-connect.ts';
import type { Place } from './place.ts';
import { admitted, isReadOnlyError, readOnlyError } from './read-only-statement.ts';

/** A connection of Kysely, through which every statement of MikroORM goes. */
interface Connection {
  executeQuery(query: Query, options?: unknown): Promise<unknown>;
  streamQuery(query: Query, ...rest: unknown[]): AsyncIterableIterator<unknown>;
}

interface Query {
  readonly sql: string;
}

/** A connection of pg. */
interface Client {
  query(...args: unknown[]): unknown;
  getTransactionStatus?(): string | null;
}

type Hook = (connection: Connection, options?: unknown) => unknown;

const POSTGRES_READ_ONLY = 'set session characteristics as transaction read only';
const MYSQL_READ_ONLY = 'set session transaction read only';

/**
 * Makes the database refuse every write of every connection that MikroORM opens from now on: SQLite and libSQL open
 * the file read-only, the others run read-only transactions. Whoever opens a connection of his own can still write.
 *
 * @throws MikroscopeError where the database cannot be told
 */
export function openReadOnly(orm: MikroORM, place: Place): void {
  assertPossible(orm, place);
  const { dialect, file } = place;
  onConnect(orm, (options, connection) => {
    Object.assign(Reflect.get(connection, 'options') as object, hooks(orm, dialect));
    switch (dialect) {
      case 'sqlite':
        return { ...options, readonly: true };
      case 'libsql':
        return {
          ...options,
          url: `file:${encodeURI(file ?? '').replaceAll(/[?#]/g, encodeURIComponent)}?mode=ro`,
        };
      case 'postgresql':
        return { ...options, onPoolCreated: watchPool(options) };
      case 'pglite':
        return options;
      default:
        return { ...options, multipleStatements: false };
    }
  });
  for (const connection of connectionsOf(orm)) {
    for (const name of ['getNativeClient', 'executeDump']) {
      Reflect.set(connection, name, async () => {
        throw new MikroscopeError(
          'ReadOnly',
          `This session is read-only (--read-only), and ${name}() would go past that`,
          'Use em.execute().',
        );
      });
    }
  }
  const convert = orm.driver.convertException.bind(orm.driver);
  orm.driver.convertException = error => (error instanceof MikroscopeError ? error : convert(error));
}

function assertPossible(orm: MikroORM, { dialect, file, host, url }: Place): void {
  const fail = (message: string, hint: string) => new MikroscopeError('BadArgument', message, hint);
  if (['sqlite', 'libsql', 'pglite'].includes(dialect) && file === undefined) {
    if (host === undefined)
      throw fail(`${url} is empty: there is nothing to read in it`, 'Leave --read-only out, or name a file.');
    throw fail(`libSQL cannot open ${url} read-only`, 'Give it a token that may only read.');
  }
  const known = ['sqlite', 'libsql', 'postgresql', 'pglite', 'mysql', 'mariadb'].includes(dialect);
  const driverOptions: unknown = orm.config.get('driverOptions');
  const options: unknown = typeof driverOptions === 'function' ? driverOptions() : driverOptions;
  const isOpen =
    typeof options === 'object' &&
    options !== null &&
    ('createDriver' in options || 'startTransaction' in options);
  if (!known || isOpen)
    throw fail(
      'This configuration cannot be opened read-only: it brings its own connection',
      'Leave --read-only out, or connect as a user that may only read.',
    );
}

/** What MikroORM calls on every new connection, and on every one taken from a pool. */
function hooks(orm: MikroORM, dialect: string): { onCreateConnection: Hook; onReserveConnection: Hook } {
  const raw = new WeakMap<Connection, (sql: string) => Promise<unknown>>();
  return {
    onCreateConnection: async (connection, options) => {
      const execute = connection.executeQuery.bind(connection);
      const run = (sql: string) => execute({ sql, parameters: [], query: { kind: 'RawNode' } } as Query);
      raw.set(connection, run);
      if (dialect === 'pglite') await run(POSTGRES_READ_ONLY);
      guard(connection, dialect, run);
      return (orm.config.get('onCreateConnection') as Hook | undefined)?.(connection, options);
    },
    onReserveConnection: async (connection, options) => {
      if (dialect === 'mysql' || dialect === 'mariadb') await raw.get(connection)?.(MYSQL_READ_ONLY);
      return (orm.config.get('onReserveConnection') as Hook | undefined)?.(connection, options);
    },
  };
}

function guard(connection: Connection, dialect: string, run: (sql: string) => Promise<unknown>): void {
  const execute = connection.executeQuery.bind(connection);
  const stream = connection.streamQuery.bind(connection);
  connection.executeQuery = async (query, options) => {
    try {
      return await execute({ ...query, sql: admitted(dialect, query.sql) }, options);
    } catch (error) {
      throw isReadOnlyError(error) ? readOnlyError(error) : error;
    } finally {
      // A SELECT can call set_config(); an aborted transaction refuses this, and forgets what was set in it.
      if (dialect === 'pglite') await run(POSTGRES_READ_ONLY).catch(() => {});
    }
  };
  connection.streamQuery = async function* streamed(query, ...rest) {
    yield* stream({ ...query, sql: admitted(dialect, query.sql) }, ...rest);
  };
}

/** pg sends several statements in one where there are no parameters, unless it is told otherwise. */
function watchPool(options: { onPoolCreated?: (pool: never) => unknown }) {
  return (pool: { on(event: 'connect', listener: (client: Client) => void): void }) => {
    pool.on('connect', client => {
      const query = client.query.bind(client);
      client.query = (first, ...rest) => {
        const isCursor = typeof first === 'object' && first !== null && 'submit' in first;
        const [values, ...more] = Array.isArray(rest[0]) ? rest : [undefined, ...rest];
        const plain = typeof first === 'string' ? { text: first } : (first as object);
        const alone = isCursor
          ? first
          : { ...plain, ...(values === undefined ? {} : { values }), queryMode: 'extended' };
        const send = () => query(alone, ...more);
        // Between transactions the last SELECT may have called set_config().
        if (
          (client.getTransactionStatus?.() ?? 'I') !== 'I' ||
          String(Reflect.get(plain, 'text')) === 'begin read only'
        )
          return send();
        const sent = (query({ text: POSTGRES_READ_ONLY }) as Promise<unknown>).then(send, send);
        return isCursor ? first : sent;
      };
    });
    return options.onPoolCreated?.(pool as never);
  };
}
