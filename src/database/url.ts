import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MikroscopeError } from '../errors.ts';

/** Where a database is, read from its URL. `masked` is the URL without its password. */
export type DatabaseUrl =
  | { readonly driver: 'sqlite'; readonly file: string; readonly name: string; readonly masked: string }
  | {
      readonly driver: 'postgresql';
      readonly connectionString: string;
      readonly host: string;
      readonly user: string;
      readonly name: string;
      readonly schema: string | undefined;
      readonly masked: string;
    };

const KNOWN = 'Write sqlite:FILE, sqlite::memory:, file:FILE or postgresql://USER:PASSWORD@HOST/NAME.';

/**
 * Reads a database URL, in MikroORM's or in SQLAlchemy's way of writing it.
 *
 * @example
 * parseDatabaseUrl('sqlite:///site.db', '/home/me'); // { driver: 'sqlite', file: '/home/me/site.db', … }
 * parseDatabaseUrl('postgresql+psycopg2://me:secret@host/blog', '/').masked; // 'postgresql://me:***@host/blog'
 *
 * @throws MikroscopeError `UnknownScheme` or `BadArgument`; neither shows the password
 */
export function parseDatabaseUrl(url: string, cwd: string): DatabaseUrl {
  const match = /^([a-z][a-z0-9]*)(?:\+[a-z0-9_]+)?:(.*)$/is.exec(url.trim());
  const rest = match?.[2] ?? '';
  switch (match?.[1]?.toLowerCase()) {
    case 'sqlite':
      return sqlite(url, sqlitePath(url, rest), cwd);
    case 'file':
      return sqlite(url, rest.startsWith('//') ? fileUrlPath(url) : rest, cwd);
    case 'postgres':
    case 'postgresql':
      return postgresql(url, rest);
    case undefined:
      throw new MikroscopeError('BadArgument', `'${maskPassword(url)}' is not a database URL`, KNOWN);
    default:
      throw new MikroscopeError('UnknownScheme', `There is no driver for '${match?.[1]}:' URLs`, KNOWN);
  }
}

/** Takes the password out of anything that may hold a database URL. */
export function maskPassword(text: string): string {
  return text
    .replace(/(:\/\/[^:/?#\s]*):[^\s]*@/g, '$1:***@')
    .replace(/([?&](?:password|sslpassword)=)[^&#\s]*/gi, '$1***');
}

/** `sqlite:///x` is relative and `sqlite:////x` absolute, as in SQLAlchemy. */
function sqlitePath(url: string, rest: string): string {
  if (rest === '' || rest === '//' || rest === '///') return ':memory:';
  if (rest.startsWith('///')) return rest.slice(3);
  if (!rest.startsWith('//')) return rest;
  throw new MikroscopeError(
    'BadArgument',
    `'${url}' has a host, and a SQLite database is a file`,
    `Write sqlite:${rest.slice(2)} for a file here, or sqlite:////PATH for an absolute path.`,
  );
}

function fileUrlPath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new MikroscopeError('BadArgument', `'${url}' is not a file on this machine`, KNOWN, {
      cause: error,
    });
  }
}

function sqlite(url: string, path: string, cwd: string): DatabaseUrl {
  if (path === ':memory:') return { driver: 'sqlite', file: path, name: path, masked: 'sqlite::memory:' };
  if (path === '' || path.includes('?')) {
    const what = path === '' ? 'names no file' : 'has parameters, which SQLite URLs do not take here';
    throw new MikroscopeError('BadArgument', `'${url}' ${what}`, KNOWN);
  }
  return { driver: 'sqlite', file: resolve(cwd, path), name: path, masked: `sqlite:${path}` };
}

function postgresql(url: string, rest: string): DatabaseUrl {
  const bad = (what: string) => {
    return new MikroscopeError('BadArgument', `'${maskPassword(url.trim())}' ${what}`, KNOWN);
  };
  if (!rest.startsWith('//')) throw bad('is not a database URL');
  let parsed: URL;
  try {
    // The WHATWG parser wants a host, and `postgresql:///name` (a local socket) has none.
    parsed = new URL(`postgresql:${rest.replace(/^\/\/(?=[/?]|$)/, '//localhost')}`);
    decodeURIComponent(parsed.username + parsed.password + parsed.pathname);
  } catch {
    throw bad('is not a database URL');
  }
  const name = decodeURIComponent(parsed.pathname.slice(1)) || parsed.searchParams.get('dbname') || '';
  if (name === '') throw bad('names no database');
  const schema = parsed.searchParams.get('schema') ?? undefined;
  const connection = new URL(parsed);
  connection.searchParams.delete('schema');
  connection.pathname = `/${encodeURIComponent(name)}`;
  const host = parsed.searchParams.get('host') ?? decodeURIComponent(parsed.hostname);
  const port = parsed.searchParams.get('port') ?? parsed.port;
  return {
    driver: 'postgresql',
    connectionString: connection.href,
    host: port === '' || host.startsWith('/') ? host : `${host}:${port}`,
    user: parsed.searchParams.get('user') ?? decodeURIComponent(parsed.username),
    name,
    schema,
    masked: maskUrl(parsed),
  };
}

function maskUrl(parsed: URL): string {
  const masked = new URL(parsed);
  if (masked.password !== '') masked.password = '***';
  return maskPassword(masked.href);
}
