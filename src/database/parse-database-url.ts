import { MikroscopeError } from '../errors.ts';
import type { DatabaseUrl } from '../dialects/database-url.ts';
import { dialects, dialectOfScheme } from '../dialects/index.ts';
import { maskMistypedUrl } from '../dialects/mask-password.ts';

/**
 * Reads a database URL, in MikroORM's or in SQLAlchemy's way of writing it.
 *
 * @param cwd where relative paths start
 * @example
 * parseDatabaseUrl('sqlite:///site.db', '/home/me'); // { driver: 'sqlite', file: '/home/me/site.db', … }
 * parseDatabaseUrl('mysql+pymysql://me:secret@host/blog', '/').masked; // 'mysql://me:***@host/blog'
 *
 * @throws MikroscopeError `UnknownScheme` or `BadArgument`; neither shows the password
 */
export function parseDatabaseUrl(url: string, cwd: string): DatabaseUrl {
  const text = url.trim();
  const [, typed = '', driver, rest = ''] = /^([a-z][a-z0-9]*)(?:\+([a-z0-9_]+))?:(.*)$/is.exec(text) ?? [];
  const scheme = typed.toLowerCase();
  const bad = (what: string, hint = knownForms()) =>
    new MikroscopeError('BadArgument', `'${maskMistypedUrl(text)}' ${what}`, hint);
  if (scheme === '') throw bad('is not a database URL');
  const dialect = dialectOfScheme(scheme, driver);
  if (dialect === undefined)
    throw new MikroscopeError('UnknownScheme', `There is no driver for '${typed}:' URLs`, knownForms());
  return dialect.parseUrl({ text, scheme, rest, cwd, bad });
}

/** How URLs are written; the servers' are alike, so that only the first is written out. */
function knownForms(): string {
  const files = dialects.filter(({ isEmbedded }) => isEmbedded).map(({ urlForm }) => urlForm);
  const [server, ...more] = dialects.filter(({ isEmbedded }) => !isEmbedded);
  const others = more.map(({ name }) => `${name}:`).join(', ');
  return `Write ${files.join(', ')}, or ${server?.urlForm} (or ${others}).`;
}
