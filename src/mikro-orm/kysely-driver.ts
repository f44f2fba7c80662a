import type { Interceptor, OpenConnection } from './interceptor.ts';
import { transactionLost } from './transactions.ts';

/** A dialect of Kysely: the parts of its documented interfaces that matter here. */
export interface Dialect {
  createDriver(): Driver;
  createAdapter(): Adapter;
}

interface Adapter {
  readonly supportsMultipleConnections?: boolean;
}

interface Driver {
  acquireConnection(options?: unknown): Promise<KyselyConnection>;
  releaseConnection(connection: KyselyConnection, options?: unknown): Promise<void>;
  beginTransaction(connection: KyselyConnection, settings: unknown): Promise<void>;
  commitTransaction(connection: KyselyConnection): Promise<void>;
  rollbackTransaction(connection: KyselyConnection): Promise<void>;
  savepoint?: SavepointMethod;
  rollbackToSavepoint?: SavepointMethod;
  releaseSavepoint?: SavepointMethod;
  destroy(options?: unknown): Promise<void>;
}

type SavepointMethod = (connection: KyselyConnection, ...rest: unknown[]) => Promise<void>;

/** A connection of Kysely; what MikroORM sends goes through one of these two methods. */
export interface KyselyConnection {
  executeQuery(query: Query, ...rest: unknown[]): Promise<unknown>;
  streamQuery(query: Query, ...rest: unknown[]): AsyncIterable<unknown>;
}

interface Query {
  readonly sql: string;
}

/** Makes everything that is sent through a dialect go through an interceptor, transactions and streams included. */
export function interceptDialect(dialect: Dialect, interceptor: Interceptor): Dialect {
  // Kysely would wait for the one connection before it asks the driver, too late to refuse the wait.
  const isSingle = dialect.createAdapter().supportsMultipleConnections === false;
  return overlay(dialect, {
    createAdapter: () =>
      isSingle
        ? overlay(dialect.createAdapter(), { supportsMultipleConnections: true })
        : dialect.createAdapter(),
    createDriver: () => interceptDriver(dialect.createDriver(), interceptor, isSingle),
  });
}

function interceptDriver(driver: Driver, interceptor: Interceptor, isSingle: boolean): Driver {
  const { transactions } = interceptor;
  const queue = new Queue();
  const savepointMethod = (name: 'savepoint' | 'rollbackToSavepoint' | 'releaseSavepoint') => {
    const method = driver[name];
    if (method === undefined) return {};
    const own: SavepointMethod = (connection, ...rest) =>
      asDriver(connection, () => method.call(driver, connection, ...rest));
    return { [name]: own };
  };
  return overlay(driver, {
    async acquireConnection(options) {
      interceptor.acquire();
      if (isSingle) await queue.enter();
      try {
        const connection = await driver.acquireConnection(options);
        try {
          await interceptConnection(connection, interceptor);
          return connection;
        } catch (error) {
          await driver.releaseConnection(connection, options);
          throw error;
        }
      } catch (error) {
        queue.leave();
        throw error;
      }
    },
    async releaseConnection(connection, options) {
      try {
        await driver.releaseConnection(connection, options);
      } finally {
        queue.leave();
      }
    },
    async beginTransaction(connection, settings) {
      await asDriver(connection, () => driver.beginTransaction(connection, settings));
      transactions.begun(connection);
    },
    async commitTransaction(connection) {
      try {
        await asDriver(connection, () => driver.commitTransaction(connection));
      } catch (error) {
        throw interceptor.isEnded(error) ? transactionLost(error) : error;
      }
      transactions.ended(connection);
    },
    async rollbackTransaction(connection) {
      try {
        await asDriver(connection, () => driver.rollbackTransaction(connection));
      } catch (error) {
        // Kysely keeps the connection if this fails.
        if (!interceptor.isEnded(error)) throw error;
      } finally {
        // If it fails, the connection is gone, and the transaction with it.
        transactions.ended(connection);
      }
    },
    ...savepointMethod('savepoint'),
    ...savepointMethod('rollbackToSavepoint'),
    ...savepointMethod('releaseSavepoint'),
    async destroy(options) {
      interceptor.disconnect();
      await driver.destroy(options);
    },
  });
}

/** Connections that are intercepted, by when all layers have prepared them. */
const prepared = new WeakMap<KyselyConnection, Promise<void>>();

/** Those on which the driver itself sends something. */
const driverOwn = new WeakSet<KyselyConnection>();

/** Makes what is sent on a connection go through an interceptor. Does nothing the second time. */
export function interceptConnection(connection: KyselyConnection, interceptor: Interceptor): Promise<void> {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const execute = connection.executeQuery.bind(connection);
  const stream = connection.streamQuery.bind(connection);
  const open: OpenConnection = {
    run: sql => execute({ sql, parameters: [], query: { kind: 'RawNode' } } as Query),
  };
  const statement = (sql: string) => ({
    sql,
    isDriverOwn: driverOwn.has(connection),
    transaction: interceptor.transactions.on(connection),
    connection: open,
  });
  connection.executeQuery = (query, ...rest) =>
    interceptor.execute(statement(query.sql), sql => execute(withText(query, sql), ...rest));
  connection.streamQuery = (query, ...rest) =>
    interceptor.stream(statement(query.sql), sql => stream(withText(query, sql), ...rest));
  const ready = interceptor.connect(open);
  prepared.set(connection, ready);
  return ready;
}

function withText(query: Query, sql: string): Query {
  return query.sql === sql ? query : { ...query, sql };
}

async function asDriver(connection: KyselyConnection, work: () => Promise<void>): Promise<void> {
  driverOwn.add(connection);
  try {
    await work();
  } finally {
    driverOwn.delete(connection);
  }
}

/** An object with some members replaced; private members of the original keep working. */
function overlay<T extends object>(object: T, own: Partial<T>): T {
  return new Proxy(object, {
    get(target, key) {
      if (Object.hasOwn(own, key)) return Reflect.get(own, key) as unknown;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Hands out the one connection in the order in which it was asked for. */
class Queue {
  #last: Promise<void> = Promise.resolve();
  #leave = () => {};

  async enter(): Promise<void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    this.#leave = resolve;
  }

  leave(): void {
    this.#leave();
  }
}
