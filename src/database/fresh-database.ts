import { randomUUID } from 'node:crypto';
import { dialectNamed } from '../dialects/index.ts';
import { SqlLog } from '../sql/sql-log.ts';
import { parseDatabaseUrl } from './parse-database-url.ts';
import { openDatabase } from './open-database.ts';

/** An empty database with a name that nothing else uses. */
export interface FreshDatabase {
  readonly url: string;
  /** Drops it, even while others are connected. */
  readonly drop: () => Promise<void>;
}

/** Creates fresh databases. */
export interface DatabaseServer {
  readonly create: () => Promise<FreshDatabase>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the server at a URL. An embedded database has no server: its fresh databases are in memory, and the file that
 * the URL names is not touched.
 *
 * @example
 * const server = await openServer('postgresql://me:secret@localhost/postgres');
 * const { url, drop } = await server.create();
 *
 * @throws MikroscopeError if the server cannot be reached
 */
export async function openServer(url: string): Promise<DatabaseServer> {
  const target = parseDatabaseUrl(url, '.');
  const done = () => Promise.resolve();
  const { name: scheme, dropDatabase } = dialectNamed(target.driver);
  if (dropDatabase === undefined)
    return { create: () => Promise.resolve({ url: `${scheme}::memory:`, drop: done }), close: done };
  const { orm } = await openDatabase(target, [], new SqlLog());
  const connection = orm.em.getConnection();
  return {
    async create() {
      const name = `mikroscope_${randomUUID().replaceAll('-', '')}`;
      await connection.execute(`create database ${name}`);
      const own = new URL(url.replace(/^(\w+)\+\w+:/, '$1:'));
      own.pathname = `/${name}`;
      own.searchParams.delete('schema');
      return {
        url: own.href,
        drop: async () => void (await connection.execute(dropDatabase(name))),
      };
    },
    close: () => orm.close(true),
  };
}
