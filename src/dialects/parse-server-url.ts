import type { ServerUrl, TypedUrl } from './database-url.ts';
import { maskUrl } from './mask-password.ts';

/**
 * Reads `SCHEME://USER:PASSWORD@HOST:PORT/NAME`.
 *
 * @throws MikroscopeError `BadArgument` for anything else, or if it names no database
 */
export function parseServerUrl(driver: string, { rest, bad }: TypedUrl): ServerUrl {
  if (!rest.startsWith('//')) throw bad('is not a database URL');
  let parsed: URL;
  try {
    // The WHATWG parser wants a host, and `postgresql:///name` (a local socket) has none.
    parsed = new URL(`${driver}:${rest.replace(/^\/\/(?=[/?]|$)/, '//localhost')}`);
    decodeURIComponent(parsed.username + parsed.password + parsed.pathname);
  } catch {
    throw bad('is not a database URL');
  }
  const { searchParams: params } = parsed;
  const name = decodeURIComponent(parsed.pathname.slice(1)) || (params.get('dbname') ?? '');
  if (name === '') throw bad('names no database');
  const connection = new URL(parsed);
  connection.searchParams.delete('schema');
  connection.pathname = `/${encodeURIComponent(name)}`;
  const host = params.get('host') ?? params.get('unix_socket') ?? decodeURIComponent(parsed.hostname);
  const port = params.get('port') ?? parsed.port;
  return {
    driver,
    connectionString: connection.href,
    host: port === '' || host.startsWith('/') ? host : `${host}:${port}`,
    user: params.get('user') ?? decodeURIComponent(parsed.username),
    name,
    schema: params.get('schema') ?? undefined,
    masked: maskUrl(parsed),
  };
}
