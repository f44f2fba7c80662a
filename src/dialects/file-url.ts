import { resolve } from 'node:path';
import type { FileUrl, TypedUrl } from './database-url.ts';

/** A dialect whose databases are files or directories. */
interface FileDialect {
  readonly name: string;
  readonly label: string;
  /** What a database is. */
  readonly noun: 'file' | 'directory';
}

/**
 * Reads the URL of a file. `sqlite:///x` is relative and `sqlite:////x` absolute, as in SQLAlchemy; so it is for the
 * others.
 *
 * @throws MikroscopeError `BadArgument` for a URL with a host or with parameters
 */
export function parseFileUrl(dialect: FileDialect, typed: TypedUrl): FileUrl {
  const { rest, bad } = typed;
  if (rest === '' || rest === '//' || rest === '///') return fileUrl(dialect, ':memory:', typed);
  if (rest.startsWith('///')) return fileUrl(dialect, rest.slice(3), typed);
  if (!hasHost(typed)) return fileUrl(dialect, rest, typed);
  const { name, label, noun } = dialect;
  throw bad(
    `has a host, and a ${label} database is a ${noun}`,
    `Write ${name}:PATH for one here, or ${name}:////PATH for an absolute path.`,
  );
}

/** Whether something stands where the host of a URL does. */
export function hasHost({ rest }: TypedUrl): boolean {
  return /^\/\/[^/]/.test(rest);
}

/** The database at a path. @throws MikroscopeError `BadArgument` */
export function fileUrl({ name, label }: FileDialect, path: string, { cwd, bad }: TypedUrl): FileUrl {
  if (path === ':memory:') return { driver: name, file: path, name: path, masked: `${name}:${path}` };
  if (path === '') throw bad('names no file');
  if (path.includes('?')) throw bad(`has parameters, which ${label} URLs do not take here`);
  return { driver: name, file: resolve(cwd, path), name: path, masked: `${name}:${path}` };
}
