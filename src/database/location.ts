import type { Connection, MikroORM } from '@mikro-orm/core';
import { maskPassword } from './url/mask-password.ts';
import type { DatabaseUrl } from './url/database-url.ts';

/** Where a database is, as far as it may be said aloud. */
export interface Location {
  /** The URL without its password. */
  readonly url: string;
  readonly dialect: string;
  readonly name: string;
  /** The server, with its port where one is named; undefined for a database of this process. */
  readonly host: string | undefined;
  readonly user: string;
  /** The file or directory; undefined for a database on a server or in memory. */
  readonly file: string | undefined;
}

export function locationOfUrl(target: DatabaseUrl): Location {
  const { driver, name, masked } = target;
  return {
    url: masked,
    dialect: driver,
    name,
    host: 'host' in target ? target.host : undefined,
    user: 'user' in target ? target.user : '',
    file: 'file' in target && target.file !== ':memory:' ? target.file : undefined,
  };
}

/** Where the database of somebody's own configuration is. */
export function locationOfOrm(orm: MikroORM): Location {
  const dialect = dialectOf(orm.driver);
  const driverOptions: unknown = orm.config.get('driverOptions');
  const given = (typeof driverOptions === 'object' ? driverOptions : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const dbName = orm.config.get('dbName') ?? '';
  if (/sqlite|libsql|pglite/.test(dialect)) {
    const path = text(given['dataDir']) ?? text(given['url']) ?? dbName;
    if (/^(https?|libsql|wss?):/.test(path)) {
      const url = new URL(path);
      return {
        url: maskPassword(path),
        dialect,
        name: url.hostname,
        host: url.host,
        user: '',
        file: undefined,
      };
    }
    const isMemory = path === '' || path === ':memory:' || path.startsWith('memory:');
    const name = isMemory ? ':memory:' : path;
    const file = isMemory || 'pglite' in given ? undefined : path;
    return { url: `${dialect}:${name}`, dialect, name, host: undefined, user: '', file };
  }
  const url = connectionUrl(
    orm.driver.getConnection(),
    text(given['connectionString']) ?? text(given['uri']),
  );
  const host = text(given['host']) ?? text(given['socketPath']) ?? url.host;
  const user = text(given['user']) ?? url.user;
  const name = text(given['database']) ?? url.name;
  return {
    url: `${dialect}://${user && `${user}@`}${host}/${name}`,
    dialect,
    name,
    host,
    user,
    file: undefined,
  };
}

const DIALECTS = ['sqlite', 'libsql', 'pglite', 'postgresql', 'mariadb', 'mysql'];

/** A driver of somebody's own is known by the one that it extends. */
function dialectOf(driver: object): string {
  const names: string[] = [];
  for (let type = driver.constructor; type.name !== ''; type = Object.getPrototypeOf(type) as typeof type)
    names.push(type.name.replace(/Driver$/, '').toLowerCase());
  return names.find(name => DIALECTS.includes(name)) ?? names[0] ?? '';
}

/** Host, user and name, read from the URL that is used, whoever gives it. */
function connectionUrl(connection: Connection, given: string | undefined) {
  if (given !== undefined && URL.canParse(given)) {
    const url = new URL(given);
    return {
      host: url.host,
      user: decodeURIComponent(url.username),
      name: decodeURIComponent(url.pathname.slice(1)),
    };
  }
  const {
    host = '',
    port,
    user = '',
    database = '',
  } = connection.getConnectionOptions() as Record<string, string>;
  return { host: port ? `${host}:${port}` : host, user, name: database };
}
