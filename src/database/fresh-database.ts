import { randomUUID } from 'node:crypto';
import { SqlLog } from '../sql/log.ts';
import { openDatabase } from './open.ts';
import { parseDatabaseUrl } from './url/database-url.ts';

/** An empty database that nobody else knows of. */
export interface FreshDatabase {
  readonly url: string;
  /** Drops it, whoever is still connected. */
  readonly drop: () => Promise<void>;
}

/** Where fresh databases are made. */
export interface DatabaseServer {
  readonly create: () => Promise<FreshDatabase>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the server that a URL leads to. Of an embedded database there is a fresh one in memory; the file that the URL
 * names is not touched.
 *
 * @example
 * const server = await openServer('postgresql://me:secret@localhost/postgres');
 * const { url, drop } = await server.create();
 *
 * @throws MikroscopeError when the server cannot be reached
 */
export async function openServer(url: string): Promise<DatabaseServer> {
  const target = parseDatabaseUrl(url, '.');
  const done = () => Promise.resolve();
  if (!('connectionString' in target))
    return { create: () => Promise.resolve({ url: `${target.driver}::memory:`, drop: done }), close: done };
  const { orm } = await openDatabase(target, [], new SqlLog());
  const connection = orm.em.getConnection();
  const force = target.driver === 'postgresql' ? ' with (force)' : '';
  return {
    async create() {
      const name = `mikroscope_${randomUUID().replaceAll('-', '')}`;
      await connection.execute(`create database ${name}`);
      const own = new URL(url.replace(/^(\w+)\+\w+:/, '$1:'));
      own.pathname = `/${name}`;
      own.searchParams.delete('schema');
      return {
        url: own.href,
        drop: async () => void (await connection.execute(`drop database ${name}${force}`)),
      };
    },
    close: () => orm.close(true),
  };
}
