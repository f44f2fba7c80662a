import type { MikroORM } from '@mikro-orm/core';
import { fileURLToPath } from 'node:url';
import { embeddedDatabase } from '../mikro-orm/native-client.ts';
import { readStatements } from '../sql/statement.ts';
import type { TypedUrl } from './database-url.ts';
import type { Dialect } from './dialect.ts';
import { locateFile, pathOf } from './embedded.ts';
import { fileUrl, parseFileUrl } from './file-url.ts';
import type { NativeDatabase } from './sqlite-family/keep-inside.ts';
import { notReading } from './read-only-statement.ts';
import { readsFile, sqliteFamily, sqliteReadOnly, sqliteSandbox } from './sqlite-family/sqlite-family.ts';

const names = { name: 'sqlite', label: 'SQLite', noun: 'file' } as const;

/** SQLite, by better-sqlite3. */
export const sqlite = {
  ...sqliteFamily,
  ...names,
  schemes: ['sqlite', 'file'],
  urlForm: 'sqlite:FILE',
  parseUrl: typed => (typed.scheme === 'file' ? parseFileScheme(typed) : parseFileUrl(names, typed)),
  locate: orm => locateFile(names.name, pathOf(orm)),
  probe: () => readsFile,
  readOnly: {
    ...sqliteReadOnly,
    options: options => ({ ...options, readonly: true }),
    // The connection is read-only as a whole, but it can copy what it reads to another file.
    admit(sql) {
      const isCopy = readStatements(sql, 'sqlite').some(
        ({ keyword, writesFile }) => keyword === 'vacuum' && writesFile,
      );
      if (isCopy) throw notReading('vacuum into');
      return sql;
    },
  },
  sandbox: {
    ...sqliteSandbox,
    original: options => ({ ...options, readonly: true }),
    empty: options => ({ ...options, dbName: ':memory:' }),
    copy,
  },
} as const satisfies Dialect;

/** `file:x.db` and `file:///x.db`. */
function parseFileScheme(typed: TypedUrl) {
  const { text, rest, bad } = typed;
  if (!rest.startsWith('//')) return fileUrl(names, rest, typed);
  let path: string;
  try {
    path = fileURLToPath(text);
  } catch {
    throw bad('is not a file on this machine');
  }
  return fileUrl(names, path, typed);
}

async function copy(orm: MikroORM) {
  const image = (embeddedDatabase(orm) as NativeDatabase).serialize?.();
  if (image === undefined) throw new TypeError('This driver cannot copy a database');
  // A database in memory has no write-ahead log, which these two bytes would ask for.
  if (image.length > 19) image.fill(1, 18, 20);
  return (options: object) => ({ ...options, dbName: image });
}
