import type { EntityClass, MikroORM, Options } from '@mikro-orm/core';
import { dirname } from 'node:path';
import { MikroscopeError } from '../errors.ts';
import type { SqlLog } from '../sql/log.ts';
import { connectionError } from './connection-error.ts';
import type { SqlOrm } from './orm.ts';
import { PoolWatch } from './pool.ts';
import type { DatabaseUrl } from './url.ts';

/** An open database: the ORM on it, and what may be said about it aloud. */
export interface Database {
  readonly orm: SqlOrm;
  /** The URL without its password. */
  readonly url: string;
  readonly dialect: string;
  readonly name: string;
  /** Lets the next connection create the SQLite file; before that, a missing file is an error. */
  readonly allowCreate: () => void;
  /** Gives back connections that died while a transaction held them. */
  readonly releaseDead: () => void;
}

/** Opens the database at a URL, with these entities. Only the driver that is needed gets loaded. */
export async function openDatabase(
  target: DatabaseUrl,
  entities: readonly EntityClass<object>[],
  log: SqlLog,
): Promise<Database> {
  const shared = {
    entities: [...entities],
    ensureDatabase: false,
    loggerFactory: () => log.logger(),
    // A shell has one user: there is no request whose context could be mixed up with another's.
    allowGlobalContext: true,
    discovery: { warnWhenNoEntities: false },
  } as const;
  if (target.driver === 'sqlite') {
    const { MikroORM } = await import('@mikro-orm/sqlite');
    const memory = target.file === ':memory:';
    let fileMustExist = !memory;
    const driverOptions = () => ({ fileMustExist });
    const orm = new MikroORM({ ...shared, dbName: target.file, driverOptions });
    const database = {
      orm: asSql(orm),
      url: target.masked,
      dialect: 'sqlite',
      name: target.name,
      allowCreate: () => void (fileMustExist = false),
      releaseDead: () => {},
    };
    if (!memory) await testFile(database, target.file);
    return database;
  }
  const { MikroORM } = await import('@mikro-orm/postgresql');
  const pool = new PoolWatch();
  const orm = new MikroORM({
    ...shared,
    dbName: target.name,
    ...(target.schema === undefined ? {} : { schema: target.schema }),
    driverOptions: {
      connectionString: target.connectionString,
      connectionTimeoutMillis: 15_000,
      onPoolCreated: pool.onPoolCreated,
    },
  });
  const database = {
    orm: asSql(orm),
    url: target.masked,
    dialect: 'postgresql',
    name: target.name,
    allowCreate: () => {},
    releaseDead: pool.releaseDead,
  };
  await testServer(database, target);
  return database;
}

/** Opens the database of somebody's own MikroORM configuration. */
export async function openConfigured(config: Options, log: SqlLog): Promise<Database> {
  const { MikroORM } = await import('@mikro-orm/core');
  const pool = new PoolWatch();
  const plain = typeof config.driverOptions === 'function' ? undefined : config.driverOptions;
  const orm: MikroORM = await MikroORM.init({
    ...config,
    ...(plain?.constructor === Object
      ? { driverOptions: { ...plain, onPoolCreated: pool.onPoolCreated } }
      : {}),
    ensureDatabase: false,
    allowGlobalContext: true,
    loggerFactory: () => log.logger(),
  });
  const name = orm.config.get('dbName') ?? '';
  const dialect = orm.driver.constructor.name.replace(/Driver$/, '').toLowerCase();
  return {
    orm: asSql(orm),
    url: `${dialect}:${name}`,
    dialect,
    name,
    allowCreate: () => {},
    releaseDead: pool.releaseDead,
  };
}

/** Every SQL driver of MikroORM shares the interface that the session uses; their types do not say so. */
function asSql(orm: object): SqlOrm {
  return orm as SqlOrm;
}

/** A file that is not there yet is no error: createAll() makes it. */
async function testFile(database: Database, file: string): Promise<void> {
  try {
    await database.orm.driver.getConnection().execute('pragma schema_version');
  } catch (error) {
    const { fs } = await import('@mikro-orm/core/fs-utils');
    if (fs.pathExists(file)) {
      await database.orm.close(true);
      throw connectionError(error, database);
    }
    if (!fs.pathExists(dirname(file))) {
      throw new MikroscopeError(
        'CannotConnect',
        `There is no directory '${dirname(file)}' for the database '${database.name}'`,
        'Create it, or name another file.',
        { cause: error },
      );
    }
  }
}

async function testServer(
  database: Database,
  target: DatabaseUrl & { readonly driver: 'postgresql' },
): Promise<void> {
  try {
    await database.orm.driver.getConnection().execute('select 1');
  } catch (error) {
    await database.orm.close(true);
    throw connectionError(error, database, target);
  }
}
