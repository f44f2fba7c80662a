import type { Connection, MikroORM, Options } from '@mikro-orm/core';
import { unsupported } from './contract.ts';
import type { Interceptor } from './interceptor.ts';
import { interceptHooks } from './connection-hooks.ts';
import { type Dialect, interceptDialect, isIntercepted, type Kysely } from './kysely-driver.ts';
import { isPoolOfOne } from './pool-of-one.ts';

type Method = (...args: unknown[]) => unknown;

/** The connection that writes, and those of the read replicas. */
export function connectionsOf(orm: MikroORM): readonly Connection[] {
  const replicas = Reflect.get(orm.driver, 'replicas') as readonly Connection[];
  return [orm.driver.getConnection('write'), ...replicas];
}

/**
 * Changes the options with which MikroORM opens its connections, each time it does. It has no effect on a Kysely dialect
 * or instance that a configuration brings along.
 */
export function onOpen(orm: MikroORM, change: (options: object) => object): void {
  for (const connection of connectionsOf(orm))
    replace(connection, 'createKyselyDialect', create => options => create(change(options ?? {})));
}

/** A configuration whose connections are intercepted from the first thing that is sent on them. */
export function interceptOptions(options: Partial<Options>, interceptor: Interceptor): Partial<Options> {
  const { replicas, onCreateConnection, onReserveConnection } = options;
  const inherited = {
    ...(onCreateConnection && { onCreateConnection }),
    ...(onReserveConnection && { onReserveConnection }),
  };
  return {
    ...options,
    ...interceptOwn(options, interceptor),
    ...(replicas && {
      replicas: replicas.map(replica =>
        OWN.some(name => replica[name] !== undefined)
          ? { ...replica, ...interceptOwn({ ...inherited, ...replica }, interceptor) }
          : replica,
      ),
    }),
  };
}

/** Those of a replica's options that stand in the place of the configuration's. */
const OWN = ['onCreateConnection', 'onReserveConnection', 'driverOptions'] as const;

type Own = Pick<Partial<Options>, (typeof OWN)[number]>;

function interceptOwn(given: Own, interceptor: Interceptor): Own {
  const { driverOptions } = given;
  return {
    ...interceptHooks(given, interceptor),
    ...(driverOptions && { driverOptions: interceptDriverOptions(driverOptions, interceptor) }),
  };
}

/**
 * Makes everything that MikroORM's connections do go through an interceptor.
 *
 * @param runsDumps whether `executeDump` runs a dump past the connection; otherwise it is a statement like any other
 */
export function interceptConnections(orm: MikroORM, interceptor: Interceptor, runsDumps: boolean): void {
  const isOpen = bringsKysely(orm);
  interceptor.isPoolOfOne = isPoolOfOne(orm);
  for (const connection of connectionsOf(orm)) {
    watchOpening(connection, interceptor);
    replace(connection, 'createKyselyDialect', create => options => {
      const made = create(options) as Dialect | Promise<Dialect>;
      return made instanceof Promise
        ? made.then(each => interceptDialect(each, interceptor))
        : interceptDialect(made, interceptor);
    });
    replace(
      connection,
      'execute',
      method =>
        (...args) =>
          interceptor.attempt(() => method(...args)),
    );
    replace(connection, 'begin', begin => async (...args) => {
      const [{ ctx, isolationLevel } = {}] = args as [{ ctx?: unknown; isolationLevel?: string }?];
      if (ctx === undefined && isolationLevel !== undefined)
        interceptor.begin(`start transaction isolation level ${isolationLevel}`);
      return begin(...args);
    });
    replace(connection, 'transactional', method => interceptor.transactions.around(method) as Method);
    replace(connection, 'getNativeClient', method => async (...args) => {
      await interceptor.bypass('getNativeClient');
      return method(...args);
    });
    replace(connection, 'executeDump', method => async (...args) => {
      await interceptor.bypass('executeDump');
      const [dump] = args;
      if (runsDumps) {
        interceptor.acquire();
        await interceptor.admit({ sql: String(dump), isDriverOwn: false, transaction: undefined });
      }
      return method(...args);
    });
    if (isOpen) interceptMethods(connection, interceptor);
    readStreamsAhead(connection, interceptor);
  }
}

/** By the names of methods, what says which transaction they are for. */
const transactionOf: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  execute: args => args[3],
  begin: ([options]) => (Object(options) as { ctx?: unknown }).ctx,
  commit: ([ctx]) => ctx,
  rollback: ([ctx]) => ctx,
};

/** Lets what is asked for between the rows of a stream have the connection that the stream has. */
function readStreamsAhead(connection: Connection, { streams, streamsInside }: Interceptor): void {
  for (const [name, ctxOf] of Object.entries(transactionOf))
    replace(
      connection,
      name,
      method =>
        (...args) =>
          ctxOf(args) === undefined ? method(...args) : streamsInside.wait(async () => method(...args)),
    );
  replace(
    connection,
    'stream',
    method =>
      async function* streamed(...args) {
        const rows = method(...args) as AsyncIterable<unknown>;
        if (args[2] === undefined) return yield* streams.rows(rows);
        await streamsInside.wait(() => Promise.resolve());
        yield* streamsInside.rows(rows);
      },
  );
}

/** Makes MikroORM keep the connections that it has: a guard would not be on another one. */
export function keepConnections(orm: MikroORM): void {
  const { driver } = orm;
  const known = new Set<unknown>(connectionsOf(orm));
  for (const name of ['connection', 'replicas']) {
    const value: unknown = Reflect.get(driver, name);
    Reflect.defineProperty(driver, name, {
      get: () => value,
      set() {
        throw unsupported(`DatabaseDriver.${name} behaves differently`);
      },
    });
  }
  const getConnection = driver.getConnection.bind(driver);
  driver.getConnection = type => {
    const connection = getConnection(type);
    if (!known.has(connection)) throw unsupported('DatabaseDriver.getConnection behaves differently');
    return connection;
  };
}

/** Lets layers look at each Kysely instance: a configuration can bring another one after it was opened. */
function watchOpening(connection: Connection, interceptor: Interceptor): void {
  let isRefused = false;
  replace(connection, 'getClient', getClient => () => {
    const kysely = getClient() as Kysely;
    isRefused = true;
    interceptor.open(isIntercepted(kysely));
    isRefused = false;
    return kysely;
  });
  replace(connection, 'connect', connect => async (...args) => {
    try {
      await connect(...args);
      // `execute` uses it without asking for it.
      Reflect.apply(Reflect.get(connection, 'getClient') as Method, connection, []);
    } catch (error) {
      // Otherwise `execute` would find it connected.
      if (isRefused) await connection.close(true);
      throw error;
    }
  });
}

/** Intercepts a Kysely instance that is already open, as far as MikroORM's own methods use it. */
function interceptMethods(connection: Connection, interceptor: Interceptor): void {
  const admit = async (query: unknown, ctx: unknown) => {
    if (ctx === undefined) interceptor.acquire();
    const sql = typeof query === 'string' ? query : '';
    await interceptor.admit({
      sql,
      isDriverOwn: false,
      transaction: ctx === undefined ? undefined : 'by hand',
    });
  };
  replace(connection, 'execute', method => async (...args) => {
    await admit(args[0], args[3]);
    return method(...args);
  });
  replace(
    connection,
    'stream',
    method =>
      async function* streamed(...args) {
        await admit(args[0], args[2]);
        yield* method(...args) as AsyncIterable<unknown>;
      },
  );
}

/** Driver options may be a dialect of Kysely's, or a function that returns one. */
function interceptDriverOptions(given: unknown, interceptor: Interceptor): never {
  const intercepted = (options: unknown) =>
    isDialect(options) ? interceptDialect(options, interceptor) : options;
  return (
    typeof given === 'function' ? () => intercepted((given as () => unknown)()) : intercepted(given)
  ) as never;
}

function isDialect(options: unknown): options is Dialect {
  return typeof options === 'object' && options !== null && 'createDriver' in options;
}

function bringsKysely(orm: MikroORM): boolean {
  const options = driverOptionsOf(orm);
  return 'startTransaction' in options;
}

/**
 * Whether a configuration hands over a connection that is already open.
 *
 * @param clientOption the driver option that holds the driver's own client, if it takes one
 */
export function bringsItsOwn(orm: MikroORM, clientOption: string | undefined): boolean {
  const options = driverOptionsOf(orm);
  return ['createDriver', 'startTransaction', clientOption].some(
    name => name !== undefined && name in options,
  );
}

/** What a configuration gives to its driver, for the connection that writes or a replica; an empty object if it gives nothing. */
export function driverOptionsOf(orm: MikroORM, replica?: Connection): object {
  const own =
    replica && (Reflect.get(replica, 'options') as { readonly driverOptions?: unknown }).driverOptions;
  const given: unknown = own ?? orm.config.get('driverOptions');
  const options: unknown = typeof given === 'function' ? (given as () => unknown)() : given;
  return typeof options === 'object' && options !== null ? options : {};
}

/** Does nothing if there is no such method: older versions of MikroORM have fewer. */
function replace(connection: Connection, name: string, wrap: (method: Method) => Method): void {
  const method = Reflect.get(connection, name) as Method | undefined;
  if (method !== undefined)
    Reflect.set(
      connection,
      name,
      wrap((...args) => Reflect.apply(method, connection, args)),
    );
}
