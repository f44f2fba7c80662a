import type { Options } from '@mikro-orm/core';
import type { DatabaseUrl, ServerUrl } from '../database-url.ts';

/** Passes on those of a URL's parameters that are about the connection; mysql2 warns of every one that it does not know. */
export function connectionOptions(database: DatabaseUrl): Partial<Options> {
  const { connectionString, name } = database as ServerUrl;
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
