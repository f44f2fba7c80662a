import type { Connection, MikroORM, Options } from '@mikro-orm/core';
import type { Interceptor } from './interceptor.ts';
import {
  type Dialect,
  interceptConnection,
  interceptDialect,
  type KyselyConnection,
} from './kysely-driver.ts';

type Method = (...args: unknown[]) => unknown;

type Hook = (connection: unknown) => Promise<void>;

/** The options of one connection, and of a whole configuration. */
type ConnectionOptions = Pick<Options, 'onCreateConnection' | 'driverOptions'>;

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
export function interceptOptions<T extends Partial<Options>>(options: T, interceptor: Interceptor): T {
  const intercepted = <O extends Partial<ConnectionOptions>>(given: O): O => ({
    ...given,
    // Comes before the configuration's own hook, which may send statements.
    onCreateConnection: hookBefore(interceptor, given.onCreateConnection),
    ...(given.driverOptions === undefined
      ? {}
      : { driverOptions: interceptDriverOptions(given.driverOptions, interceptor) }),
  });
  const { replicas } = options;
  return {
    ...intercepted(options),
    ...(replicas === undefined
      ? {}
      : {
          replicas: replicas.map(replica =>
            replica.onCreateConnection || replica.driverOptions ? intercepted(replica) : replica,
          ),
        }),
  };
}

/**
 * Makes everything that MikroORM's connections do go through an interceptor.
 *
 * @param runsDumps whether `executeDump` runs a dump past the connection; otherwise it is a statement like any other
 */
export function interceptConnections(orm: MikroORM, interceptor: Interceptor, runsDumps: boolean): void {
  const isOpen = bringsKysely(orm);
  for (const connection of connectionsOf(orm)) {
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
  }
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

function hookBefore(interceptor: Interceptor, hook: Hook | undefined): Hook {
  return async connection => {
    await interceptConnection(connection as KyselyConnection, interceptor);
    await hook?.(connection);
  };
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

/** What a configuration gives to its driver; an empty object if it gives nothing. */
export function driverOptionsOf(orm: MikroORM): object {
  const given: unknown = orm.config.get('driverOptions');
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
