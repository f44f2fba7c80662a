import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MikroscopeError } from '../../errors.ts';
import { maskPassword } from './mask-password.ts';

/** A database in a file, in a directory (PGlite) or in memory. */
export interface FileUrl {
  readonly driver: 'sqlite' | 'libsql' | 'pglite';
  /** `:memory:`, or an absolute path. */
  readonly file: string;
  readonly name: string;
  readonly masked: string;
}

/** A libSQL database on a server. */
export interface RemoteUrl {
  readonly driver: 'libsql';
  readonly remote: string;
  readonly authToken: string | undefined;
  readonly host: string;
  readonly name: string;
  readonly masked: string;
}

interface Typed {
  readonly text: string;
  /** What follows the scheme. */
  readonly rest: string;
  readonly cwd: string;
  readonly bad: (shown: string, what: string, hint?: string) => MikroscopeError;
}

const LABELS = { sqlite: 'SQLite', libsql: 'libSQL', pglite: 'PGlite' } as const;

/** `sqlite:///x` is relative and `sqlite:////x` absolute, as in SQLAlchemy; so it is for the others. */
export function parseFileUrl(driver: FileUrl['driver'], typed: Typed): FileUrl | RemoteUrl {
  const { text, rest, bad } = typed;
  if (rest === '' || rest === '//' || rest === '///') return fileUrl(driver, ':memory:', typed);
  if (rest.startsWith('///')) return fileUrl(driver, rest.slice(3), typed);
  if (!rest.startsWith('//')) return fileUrl(driver, rest, typed);
  if (driver === 'libsql') return remoteUrl(typed);
  throw bad(
    text,
    `has a host, and a ${LABELS[driver]} database is a ${driver === 'pglite' ? 'directory' : 'file'}`,
    `Write ${driver}:${rest.slice(2)} for one here, or ${driver}:////PATH for an absolute path.`,
  );
}

/** `file:x.db` and `file:///x.db`. */
export function urlOfFile(typed: Typed): FileUrl {
  return fileUrl('sqlite', typed.rest.startsWith('//') ? pathOf(typed) : typed.rest, typed);
}

function fileUrl(driver: FileUrl['driver'], path: string, { text, cwd, bad }: Typed): FileUrl {
  if (path === ':memory:' || (driver === 'pglite' && path === 'memory://')) {
    return { driver, file: ':memory:', name: ':memory:', masked: `${driver}::memory:` };
  }
  if (path === '') throw bad(text, 'names no file');
  if (path.includes('?'))
    throw bad(maskPassword(text), `has parameters, which ${LABELS[driver]} URLs do not take here`);
  return { driver, file: resolve(cwd, path), name: path, masked: `${driver}:${path}` };
}

function pathOf({ text, bad }: Typed): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw bad(text, 'is not a file on this machine');
  }
}

function remoteUrl({ text, rest, bad }: Typed): RemoteUrl {
  let url: URL;
  try {
    url = new URL(`libsql:${rest}`);
  } catch {
    throw bad(maskPassword(text), 'is not a database URL');
  }
  const masked = maskPassword(url.href);
  const authToken = url.searchParams.get('authToken') ?? undefined;
  url.searchParams.delete('authToken');
  return { driver: 'libsql', remote: url.href, authToken, host: url.host, name: url.hostname, masked };
}
