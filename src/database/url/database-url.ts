import { MikroscopeError } from '../../errors.ts';
import { type FileUrl, parseFileUrl, type RemoteUrl, urlOfFile } from './file-url.ts';
import { maskPassword } from './mask-password.ts';
import { parseServerUrl, type ServerUrl } from './server-url.ts';

export { maskPassword } from './mask-password.ts';

/** Where a database is, read from its URL. `masked` is the URL without its password. */
export type DatabaseUrl = FileUrl | RemoteUrl | ServerUrl;

const SERVERS: Readonly<Record<string, ServerUrl['driver']>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
};

const KNOWN =
  'Write sqlite:FILE, libsql:FILE, pglite:DIRECTORY, or postgresql://USER:PASSWORD@HOST/NAME (or mysql:, mariadb:).';

/**
 * Reads a database URL, in MikroORM's or in SQLAlchemy's way of writing it.
 *
 * @example
 * parseDatabaseUrl('sqlite:///site.db', '/home/me'); // { driver: 'sqlite', file: '/home/me/site.db', … }
 * parseDatabaseUrl('mysql+pymysql://me:secret@host/blog', '/').masked; // 'mysql://me:***@host/blog'
 *
 * @throws MikroscopeError `UnknownScheme` or `BadArgument`; neither shows the password
 */
export function parseDatabaseUrl(url: string, cwd: string): DatabaseUrl {
  const text = url.trim();
  const [, scheme = '', variant, rest = ''] = /^([a-z][a-z0-9]*)(?:\+([a-z0-9_]+))?:(.*)$/is.exec(text) ?? [];
  const driver = scheme.toLowerCase();
  const bad = (shown: string, what: string, hint = KNOWN) => {
    return new MikroscopeError('BadArgument', `'${shown}' ${what}`, hint);
  };
  const server = SERVERS[driver];
  if (server !== undefined) return parseServerUrl(server, { text, rest, bad });
  switch (driver) {
    case 'sqlite':
      return parseFileUrl(variant === 'libsql' ? 'libsql' : 'sqlite', { text, rest, cwd, bad });
    case 'libsql':
    case 'pglite':
      return parseFileUrl(driver, { text, rest, cwd, bad });
    case 'file':
      return urlOfFile({ text, rest, cwd, bad });
    case '':
      throw bad(maskPassword(text), 'is not a database URL');
    default:
      throw new MikroscopeError('UnknownScheme', `There is no driver for '${scheme}:' URLs`, KNOWN);
  }
}
