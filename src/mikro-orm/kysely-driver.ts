import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Cancellable } from './in-flight.ts';
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
export interface KyselyConnection extends Cancellable {
  executeQuery(query: Query, ...rest: unknown[]): Promise<unknown>;
  streamQuery(query: Query, ...rest: unknown[]): AsyncIterable<unknown>;
}

interface Query {
  readonly sql: string;
  readonly queryId?: QueryId;
}

interface QueryId {
  readonly queryId: string;
}

/** Makes everything that is sent through a dialect go through an interceptor, transactions and streams included. */
export function interceptDialect(dialect: Dialect, interceptor: Interceptor): Dialect {
  // Kysely would wait for the one connection before it asks the driver, too late to refuse the wait.
  const isSingle = interceptor.isPoolOfOne || dialect.createAdapter().supportsMultipleConnections === false;
  return overlay(dialect, {
    createAdapter() {
      const adapter = overlay(dialect.createAdapter(), isSingle ? { supportsMultipleConnections: true } : {});
      interceptedAdapters.add(adapter);
      return adapter;
    },
    createDriver: () => interceptDriver(dialect.createDriver(), interceptor, isSingle),
  });
}

/** Those of dialects that are intercepted, by which a Kysely instance tells its dialect. */
const interceptedAdapters = new WeakSet<object>();

/** A Kysely instance, as far as it tells its dialect. */
export interface Kysely {
  getExecutor(): { readonly adapter: object };
}

/** Whether everything that is sent through a Kysely instance goes through an interceptor. */
export function isIntercepted(kysely: Kysely): boolean {
  return interceptedAdapters.has(kysely.getExecutor().adapter);
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
      const assertNotHeld = interceptor.inFlight.setOut();
      if (isSingle) await queue.enter(interceptor);
      try {
        const acquisition: Acquisition = { failures: [] };
        const connection = await acquisitions.run(acquisition, () => driver.acquireConnection(options));
        try {
          await interceptConnection(connection, interceptor);
          await openAgain(connection, acquisition);
          assertNotHeld();
          queue.holder = connection;
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
      transactions.assertMayEnd(connection);
      try {
        await asDriver(connection, () => driver.commitTransaction(connection));
      } catch (error) {
        throw interceptor.isEnded(error) ? transactionLost(error) : error;
      }
      transactions.ended(connection);
    },
    async rollbackTransaction(connection) {
      transactions.assertMayEnd(connection);
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
      await interceptor.disconnect();
      await interceptor.inFlight.requested();
      await driver.destroy(options);
    },
  });
}

/** What the hooks of a driver do with a connection while it is acquired. */
interface Acquisition {
  readonly failures: unknown[];
}

const acquisitions = new AsyncLocalStorage<Acquisition>();

/** Connections that a hook was to prepare once, and failed to. */
const unopened = new WeakMap<KyselyConnection, () => Promise<void>>();

/**
 * A driver that a hook throws at neither uses the connection nor gives it back, and a pool with a connection out cannot
 * be closed: throws once the driver has handed the connection over. The next one to acquire it tries again.
 */
export async function openInHook(connection: KyselyConnection, open: () => Promise<void>): Promise<void> {
  const acquisition = acquisitions.getStore();
  if (acquisition === undefined) return open();
  try {
    await open();
  } catch (error) {
    unopened.set(connection, open);
    acquisition.failures.push(error);
  }
}

async function openAgain(connection: KyselyConnection, { failures }: Acquisition): Promise<void> {
  if (failures.length > 0) throw failures[0];
  await unopened.get(connection)?.();
  unopened.delete(connection);
}

/** Connections that are intercepted. */
const intercepted = new WeakMap<KyselyConnection, OpenConnection>();

/** Those that all layers have prepared, or are preparing. */
const prepared = new WeakMap<KyselyConnection, Promise<void>>();

/** Those on which the driver itself sends something. */
const driverOwn = new WeakSet<KyselyConnection>();

/**
 * Makes what is sent on a connection go through an interceptor. Does nothing the second time, unless a layer has refused
 * the connection.
 */
export function interceptConnection(connection: KyselyConnection, interceptor: Interceptor): Promise<void> {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const ready = interceptor.connect(intercepted.get(connection) ?? intercept(connection, interceptor));
  prepared.set(connection, ready);
  ready.catch(() => prepared.delete(connection));
  return ready;
}

function intercept(connection: KyselyConnection, interceptor: Interceptor): OpenConnection {
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
  const { inFlight } = interceptor;
  const use = new Use();
  uses.set(connection, use);
  connection.executeQuery = (query, ...rest) =>
    use.run(async () => {
      try {
        return await interceptor.execute(statement(query.sql), sql =>
          inFlight.run(connection, sql, () => execute(asSent(query, sql), ...rest)),
        );
      } catch (error) {
        if (interceptor.undoes(error)) interceptor.transactions.undone(connection);
        throw error;
      }
    });
  connection.streamQuery = (query, ...rest) =>
    eachRow(
      interceptor.stream(statement(query.sql), sql =>
        eachRow(stream(asSent(query, sql), ...rest), next => inFlight.run(connection, sql, next)),
      ),
      next => use.run(next),
    );
  intercepted.set(connection, open);
  return open;
}

/** A query with the text to send. Kysely cancels what has an id alone, and MikroORM streams without one. */
function asSent(query: Query, sql: string): Query {
  return query.sql === sql && query.queryId !== undefined
    ? query
    : { ...query, sql, queryId: query.queryId ?? { queryId: randomUUID() } };
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
export function overlay<T extends object>(object: T, own: Partial<T>): T {
  return new Proxy(object, {
    get(target, key) {
      if (Object.hasOwn(own, key)) return Reflect.get(own, key) as unknown;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** How long whoever has the one connection may do nothing with it before others stop waiting for it. */
const stallMs = 1000;

/** Hands out the one connection in the order in which it was asked for. */
class Queue {
  /** The connection, while someone has it. */
  holder: KyselyConnection | undefined;
  #last: Promise<void> = Promise.resolve();
  #leave = () => {};

  /** @throws what the interceptor says of a wait that does not end */
  async enter(interceptor: Interceptor): Promise<void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await interceptor.streams.wait(() => this.#wait(before, interceptor));
    } catch (error) {
      void before.then(resolve);
      throw error;
    }
    this.#leave = resolve;
  }

  leave(): void {
    this.holder = undefined;
    this.#leave();
  }

  async #wait(turn: Promise<void>, interceptor: Interceptor): Promise<void> {
    const stalled = Promise.withResolvers<void>();
    let seen: number | undefined;
    const timer = setInterval(() => {
      // Another one may have begun a transaction that is not going to end by itself.
      try {
        interceptor.acquire();
      } catch (error) {
        stalled.reject(error);
      }
      const { holder } = this;
      const use = holder === undefined || interceptor.transactions.on(holder) ? undefined : uses.get(holder);
      const isStalled = use !== undefined && !use.isBusy && use.count === seen;
      seen = use?.count;
      if (isStalled) stalled.resolve();
    }, stallMs);
    try {
      await Promise.race([turn, stalled.promise.then(() => interceptor.stall())]);
      await turn;
    } finally {
      clearInterval(timer);
    }
  }
}

/** What is done with a connection. */
class Use {
  /** How many statements have been sent, and rows been asked for. */
  count = 0;
  #running = 0;

  get isBusy(): boolean {
    return this.#running > 0;
  }

  async run<R>(work: () => Promise<R>): Promise<R> {
    this.count++;
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
    }
  }
}

/** Rows, each of which is asked for in this way: whoever reads them may take long between them. */
async function* eachRow<R>(
  rows: AsyncIterable<R>,
  ask: (next: () => Promise<IteratorResult<R>>) => Promise<IteratorResult<R>>,
): AsyncGenerator<R, void, undefined> {
  const iterator = rows[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await ask(() => iterator.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

const uses = new WeakMap<KyselyConnection, Use>();
