import type { EntityClass, MikroORM, Options } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import type { SqlLog } from '../sql/log.ts';
import { connectionError } from './connection-error.ts';
import { loadDriver } from './load-driver.ts';
import { FileGuard } from './file-guard.ts';
import { onConnect } from '../mikro-orm/connections.ts';
import type { SqlOrm } from '../mikro-orm/orm.ts';
import { type Location, locationOfOrm, locationOfUrl } from './location.ts';
import { PoolWatch } from '../mikro-orm/dead-connections.ts';
import { connectionOptions } from './connection-options.ts';
import { openReadOnly } from './read-only/read-only.ts';
import { readOnlyError } from './read-only/read-only-statement.ts';
import { openSandbox } from './sandbox/sandbox.ts';
import type { DatabaseUrl } from './url/database-url.ts';

/** An open database: the ORM on it, and what may be said about it aloud. */
export interface Database extends Location {
  readonly orm: SqlOrm;
  readonly readOnly: boolean;
  /** Whether everything is undone at the end. */
  readonly sandbox: boolean;
  /** How many statements have written in the sandbox. */
  readonly sandboxWrites: () => number;
  /** @throws MikroscopeError `ReadOnly` */
  readonly assertWritable: () => void;
  /** Lets the next connection create the database file; before that, a missing file is an error. */
  readonly allowCreate: () => void;
  /** Gives back connections that died while a transaction held them. */
  readonly releaseDead: () => void;
}

/** What a database is kept from; read-only needs no sandbox. */
export interface Guarded {
  readonly readOnly?: boolean;
  readonly sandbox?: boolean;
}

/** Opens the database at a URL, with these entities. Only the driver that is needed gets loaded. */
export async function openDatabase(
  target: DatabaseUrl,
  entities: readonly EntityClass<object>[],
  log: SqlLog,
  guard: Guarded = {},
): Promise<Database> {
  const { MikroORM } = await loadDriver(target.driver);
  const orm = new MikroORM({
    ...connectionOptions(target),
    ...shared(log),
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
  });
  return open(orm, locationOfUrl(target), guard);
}

/**
 * Opens the database of somebody's own MikroORM configuration.
 *
 * @throws MikroscopeError when it is for a database without SQL, or cannot be reached
 */
export async function openConfigured(
  config: Partial<Options>,
  log: SqlLog,
  guard: Guarded = {},
): Promise<Database> {
  assertSql(config);
  const { MikroORM } = await import('@mikro-orm/core');
  const orm = await MikroORM.init({ ...config, ...shared(log) });
  return open(orm, placeOfConfigured(orm), guard);
}

function placeOfConfigured(orm: MikroORM): Location {
  try {
    return locationOfOrm(orm);
  } catch {
    // The error would show the URL.
    throw new MikroscopeError(
      'BadConfiguration',
      "The configuration's clientUrl is not a database URL",
      'Write special characters of the user and the password as %XX.',
    );
  }
}

function shared(log: SqlLog) {
  return {
    // A typo in a URL must not create a database.
    ensureDatabase: false,
    loggerFactory: () => log.logger(),
    // A shell has one user: there is no request whose context could be mixed up with another's.
    allowGlobalContext: true,
  } as const;
}

async function open(orm: MikroORM, place: Location, guarded: Guarded): Promise<Database> {
  const { readOnly = false, sandbox = false } = guarded;
  let writes = 0;
  const pool = new PoolWatch();
  const file = await FileGuard.for(place);
  onConnect(orm, options => pool.watching(place.dialect, file.guarding(options)));
  if (readOnly) openReadOnly(orm, place);
  try {
    if (sandbox && !readOnly) await openSandbox(orm, place, () => writes++);
    await orm.driver.getConnection().execute(file.isLocal ? 'pragma schema_version' : 'select 1');
  } catch (error) {
    // A file that is not there yet is no error: createAll() makes it.
    if (!file.isMissingButCreatable(error)) {
      await orm.close(true);
      throw connectionError(error, place);
    }
  }
  return {
    ...place,
    orm: asSql(orm),
    readOnly,
    sandbox: sandbox && !readOnly,
    sandboxWrites: () => writes,
    assertWritable: () => {
      if (readOnly) throw readOnlyError();
    },
    allowCreate: file.allowCreate,
    releaseDead: pool.releaseDead,
  };
}

/** Every SQL driver of MikroORM shares the interface that the session uses; their types do not say so. */
function asSql(orm: object): SqlOrm {
  return orm as SqlOrm;
}

function assertSql({ driver }: Partial<Options>): void {
  if (driver === undefined) {
    throw new MikroscopeError(
      'BadConfiguration',
      'The configuration names no driver',
      "Make it with defineConfig() of the driver's package, for instance @mikro-orm/sqlite.",
    );
  }
  if ('createQueryBuilder' in driver.prototype) return;
  throw new MikroscopeError(
    'UnsupportedDriver',
    `${driver.name} speaks no SQL: mikroscope's queries, transactions and createAll() do not work with it`,
    'mikroscope works with PostgreSQL, MySQL, MariaDB, SQLite, libSQL and PGlite.',
  );
}
