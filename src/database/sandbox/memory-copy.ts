import type { MikroORM } from '@mikro-orm/core';
import { randomUUID } from 'node:crypto';
import { MikroscopeError } from '../../errors.ts';
import { onOpen } from '../../mikro-orm/connections.ts';
import type { Interceptor } from '../../mikro-orm/interceptor.ts';
import { embeddedDatabase, pgliteOf } from '../../mikro-orm/native-client.ts';
import { readOnlyUrl } from '../connection-options.ts';
import type { Location } from '../location.ts';
import { refused } from './sandbox-statement.ts';
import { readStatements } from '../../sql/statement.ts';

/** A database of better-sqlite3 or libsql. */
interface Native {
  prepare(sql: string, ...rest: unknown[]): unknown;
  exec(sql: string): unknown;
  serialize?(): Buffer;
}

/** What to open in the place of a database. */
type Copy = (options: object) => object;

const EMPTY: Readonly<Record<string, Copy>> = {
  sqlite: options => ({ ...options, dbName: ':memory:' }),
  libsql: options => ({ ...options, url: ':memory:' }),
  pglite: options => ({ ...options, dataDir: 'memory://' }),
};

/**
 * Makes MikroORM work on a copy in memory of an embedded database. The database itself is opened to be copied, SQLite
 * and libSQL read-only, and not again.
 *
 * @param wrote called after each statement that wrote
 * @throws MikroscopeError where it cannot be copied
 */
export async function sandboxInMemory(
  orm: MikroORM,
  place: Location,
  interceptor: Interceptor,
  wrote: () => void,
): Promise<void> {
  const { dialect, file } = place;
  let isCopying = true;
  let copy = EMPTY[dialect] ?? (options => options);
  onOpen(orm, options => (isCopying ? original(place, options) : copy(options)));
  interceptor.add('sandbox', {
    async connect() {
      if (dialect !== 'pglite') refuseOtherFiles(embeddedDatabase(orm) as Native);
    },
    async execute({ sql }, send) {
      const result = await send();
      if (readStatements(sql, dialect).some(({ writes }) => writes)) wrote();
      return result;
    },
  });
  if (file === undefined) {
    copy = options => options;
  } else {
    try {
      copy = await copyOf(orm, dialect);
    } catch (error) {
      // A database that is not there yet is as good as empty.
      if (!(error instanceof MikroscopeError && error.code === 'MissingDatabase')) throw error;
    } finally {
      await orm.driver.close(true);
    }
  }
  isCopying = false;
}

function original({ dialect, file = '' }: Location, options: object): object {
  if (dialect === 'sqlite') return { ...options, readonly: true };
  return dialect === 'libsql' ? { ...options, url: readOnlyUrl(file) } : options;
}

/** A database in memory that has a name is there as long as somebody has it open. */
const kept = new WeakMap<MikroORM, Native>();

async function copyOf(orm: MikroORM, dialect: string): Promise<Copy> {
  await orm.connect();
  if (dialect === 'pglite') {
    const pglite = (await pgliteOf(orm)) as { dumpDataDir(kind: 'none'): Promise<Blob> };
    const loadDataDir = await pglite.dumpDataDir('none');
    const named = orm.config.get('driverOptions') as { dataDir?: unknown } | undefined;
    const database = named?.dataDir === undefined ? {} : { database: orm.config.get('dbName') };
    return options => ({ ...options, ...database, dataDir: 'memory://', loadDataDir });
  }
  const database = embeddedDatabase(orm) as Native;
  if (dialect === 'libsql') {
    const dbName = `file:mikroscope-${randomUUID()}?mode=memory&cache=shared`;
    kept.set(orm, Reflect.construct(database.constructor, [dbName]) as Native);
    Object.getPrototypeOf(database).exec.call(database, `vacuum into '${dbName}'`);
    return options => ({ ...options, url: dbName });
  }
  const image = database.serialize?.();
  if (image === undefined) throw new TypeError('This driver cannot copy a database');
  // A database in memory has no write-ahead log, which these two bytes would ask for.
  if (image.length > 19) image.fill(1, 18, 20);
  return options => ({ ...options, dbName: image });
}

/** A database in memory can open others, and these would be the real ones. */
function refuseOtherFiles(database: Native): void {
  for (const name of ['prepare', 'exec'] as const) {
    const method = database[name].bind(database);
    database[name] = (sql: string, ...rest: unknown[]) => {
      for (const { keyword, writesFile } of readStatements(sql, 'sqlite')) {
        if (keyword === 'attach') throw refused(keyword);
        if (keyword === 'vacuum' && writesFile) throw refused('vacuum into');
      }
      return method(sql, ...rest);
    };
  }
}
