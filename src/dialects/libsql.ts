import type { MikroORM } from '@mikro-orm/core';
import { randomUUID } from 'node:crypto';
import { embeddedDatabase } from '../mikro-orm/native-client.ts';
import type { DatabaseUrl, RemoteUrl, TypedUrl } from './database-url.ts';
import type { Dialect } from './dialect.ts';
import { driverOption } from './driver-options.ts';
import { embedded, locateFile, pathOf } from './embedded.ts';
import type { DriverError, Failure } from './failure.ts';
import { hasHost, parseFileUrl } from './file-url.ts';
import type { Location } from './location.ts';
import { maskUrl } from './mask-password.ts';
import { notReading, readReadable } from './read-only-statement.ts';
import type { NativeDatabase } from './sqlite-family/keep-inside.ts';
import { readsFile, sqliteFamily, sqliteReadOnly, sqliteSandbox } from './sqlite-family/sqlite-family.ts';

const names = { name: 'libsql', label: 'libSQL', noun: 'file' } as const;

/** libSQL, in a file as SQLite is, or on a server of Turso's. */
export const libsql = {
  ...sqliteFamily,
  ...names,
  schemes: ['libsql', 'sqlite+libsql'],
  urlForm: 'libsql:FILE',
  parseUrl: typed => (hasHost(typed) ? parseRemoteUrl(typed) : parseFileUrl(names, typed)),
  connectionOptions,
  locate,
  probe: ({ host }) => (host === undefined ? readsFile : 'select 1'),
  readOnly: {
    ...sqliteReadOnly,
    options: (options, file) => ({ ...options, url: readOnlyUrl(file) }),
    admit(sql) {
      // The file is read-only, and these would open another one for writing.
      const opening = readReadable(sql, 'sqlite').find(
        ({ keyword }) => keyword === 'attach' || keyword === 'vacuum',
      );
      if (opening !== undefined) throw notReading(opening.keyword);
      return sql;
    },
  },
  sandbox: {
    ...sqliteSandbox,
    obstacle: (orm, { host }) =>
      host !== undefined || driverOption(orm, 'syncUrl') !== undefined
        ? 'what libSQL writes on a server is there at once'
        : undefined,
    original: (options, file) => ({ ...options, url: readOnlyUrl(file) }),
    empty: options => ({ ...options, url: ':memory:' }),
    copy,
  },
  failureOf,
} as const satisfies Dialect;

function parseRemoteUrl({ rest, bad }: TypedUrl): RemoteUrl {
  let url: URL;
  try {
    url = new URL(`libsql:${rest}`);
  } catch {
    throw bad('is not a database URL');
  }
  const masked = maskUrl(url);
  const authToken = url.searchParams.get('authToken') ?? undefined;
  url.searchParams.delete('authToken');
  return { driver: names.name, remote: url.href, authToken, host: url.host, name: url.hostname, masked };
}

function connectionOptions(url: DatabaseUrl) {
  if (!('remote' in url)) return embedded.connectionOptions(url);
  const { remote, authToken } = url;
  return { dbName: remote, ...(authToken === undefined ? {} : { password: authToken }) };
}

function locate(orm: MikroORM): Location {
  const path = pathOf(orm);
  if (!/^(https?|libsql|wss?):/.test(path)) return locateFile(names.name, path);
  const url = new URL(path);
  return { url: maskUrl(url), name: url.hostname, host: url.host, user: '', file: undefined };
}

function readOnlyUrl(file: string): string {
  return `file:${encodeURI(file).replaceAll(/[?#]/g, encodeURIComponent)}?mode=ro`;
}

/** A database in memory with a name lasts as long as it is open somewhere. */
const kept = new WeakMap<MikroORM, NativeDatabase>();

async function copy(orm: MikroORM) {
  const database = embeddedDatabase(orm) as NativeDatabase;
  const url = `file:mikroscope-${randomUUID()}?mode=memory&cache=shared`;
  kept.set(orm, Reflect.construct(database.constructor, [url]) as NativeDatabase);
  // Past the method that keeps statements inside: this one may.
  Object.getPrototypeOf(database).exec.call(database, `vacuum into '${url}'`);
  return (options: object) => ({ ...options, url });
}

/** Some of libSQL's errors are Rust's, which have no code. */
function failureOf(error: DriverError): Failure | undefined {
  const { code, message } = error;
  if (code) return sqliteFamily.failureOf(error);
  if (/^Hrana\(.*dns error/.test(message)) return { kind: 'no host' };
  if (/^Hrana\(.*Connection refused/.test(message)) return { kind: 'no answer' };
  if (/^Hrana\(.*\b40[13]\b/.test(message)) return { kind: 'token denied' };
  if (/^ConnectionFailed\(.*: 14"\)$/.test(message)) return { kind: 'cannot open' };
  return sqliteFamily.failureOf(error);
}
