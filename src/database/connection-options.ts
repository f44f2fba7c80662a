import type { Options } from '@mikro-orm/core';
import type { ServerUrl } from './url/server-url.ts';
import type { DatabaseUrl } from './url/database-url.ts';

/** MikroORM's options for a database URL. */
export function connectionOptions(target: DatabaseUrl): Partial<Options> {
  switch (target.driver) {
    case 'postgresql':
      return {
        dbName: target.name,
        ...(target.schema === undefined ? {} : { schema: target.schema }),
        driverOptions: { connectionString: target.connectionString, connectionTimeoutMillis: 15_000 },
      };
    case 'mysql':
    case 'mariadb':
      return mysqlOptions(target);
    case 'pglite':
      return { dbName: target.file === ':memory:' ? 'memory://' : target.file };
    default:
      return 'remote' in target
        ? { dbName: target.remote, ...(target.authToken === undefined ? {} : { password: target.authToken }) }
        : { dbName: target.file };
  }
}

/** Of a URL's parameters mysql2 gets those about the connection; it warns of every one that it does not know. */
function mysqlOptions({ connectionString, name }: ServerUrl): Partial<Options> {
  const url = new URL(connectionString);
  const { searchParams: params } = url;
  const socketPath = params.get('unix_socket') ?? params.get('socket');
  const charset = params.get('charset');
  const tls = params.get('ssl') ?? params.get('sslmode') ?? params.get('ssl-mode') ?? params.get('sslaccept');
  return {
    host: decodeURIComponent(url.hostname),
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    dbName: name,
    ...(charset === null ? {} : { charset }),
    driverOptions: {
      ...(socketPath === null ? {} : { socketPath }),
      ...(tls === null || /^(false|0|disabled?)$/i.test(tls)
        ? {}
        : { ssl: { rejectUnauthorized: /^(true|1|strict|verify.*)$/i.test(tls) } }),
    },
  };
}

/** How libSQL is told to open a file read-only. */
export function readOnlyUrl(file: string): string {
  return `file:${encodeURI(file).replaceAll(/[?#]/g, encodeURIComponent)}?mode=ro`;
}
