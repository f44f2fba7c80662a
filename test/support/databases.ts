import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../src/index.ts';

type OpenOptions = NonNullable<Parameters<typeof openSession>[0]>;
type Session = Awaited<ReturnType<typeof openSession>>;

export type Dialect = 'sqlite' | 'postgresql' | 'libsql' | 'pglite' | 'mysql' | 'mariadb';

export const isMysql = (dialect: Dialect): boolean => dialect === 'mysql' || dialect === 'mariadb';

/** The databases that everything must work on; TEST_DIALECTS names others, to try all tests on them by hand. */
export const dialects = (process.env['TEST_DIALECTS']?.split(',') ?? [
  'sqlite',
  'postgresql',
]) as readonly Dialect[];

/** Every database that MikroORM speaks SQL with, and why it cannot be tested here, if so. */
export const everyDialect: readonly { readonly dialect: Dialect; readonly skipped: string }[] = [
  { dialect: 'sqlite', skipped: '' },
  { dialect: 'libsql', skipped: '' },
  { dialect: 'postgresql', skipped: '' },
  { dialect: 'pglite', skipped: '' },
  { dialect: 'mysql', skipped: without('TEST_MYSQL_URL') },
  { dialect: 'mariadb', skipped: without('TEST_MARIADB_URL') },
];

/** The databases that everything must work on, and MariaDB where there is one. */
export const withMariadb: readonly Dialect[] = [
  ...new Set([
    ...dialects,
    ...everyDialect.flatMap(({ dialect, skipped }) =>
      dialect === 'mariadb' && skipped === '' ? [dialect] : [],
    ),
  ]),
];

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database of one's own. */
export async function createDatabase(dialect: Dialect): Promise<TestDatabase> {
  if (dialect === 'sqlite' || dialect === 'libsql' || dialect === 'pglite') {
    const folder = await mkdtemp(join(tmpdir(), 'mikroscope-'));
    if (dialect === 'pglite') await cp(await pgliteTemplate(), join(folder, 'test.db'), { recursive: true });
    return { url: `${dialect}:${join(folder, 'test.db')}`, drop: () => rm(folder, { recursive: true }) };
  }
  const server =
    process.env[`TEST_${dialect === 'postgresql' ? 'POSTGRES' : dialect.toUpperCase()}_URL`] ?? '';
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const force = dialect === 'postgresql' ? ' with (force)' : '';
  return { url: url.href, drop: () => execute(server, `drop database ${name}${force}`) };
}

/** Runs a test in a session on an empty database with the tables of the entities; then drops the database. */
export async function inSession(
  dialect: Dialect,
  test: (session: Session, sql: string[]) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const database = options.url === undefined ? await createDatabase(dialect) : undefined;
  const session = await openSession({ url: database?.url ?? '', ...options });
  try {
    await session.createAll();
    const sql: string[] = [];
    session.sql.subscribe(({ text }) => sql.push(text));
    await test(session, sql);
  } finally {
    await session.close();
    await database?.drop();
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const session = await openSession({ url, entities: [] });
  try {
    await session.em.execute(sql);
  } finally {
    await session.close();
  }
}

function without(variable: string): string {
  return process.env[variable] === undefined ? `skipped, as ${variable} names no server` : '';
}

let template: Promise<string> | undefined;

/** PGlite takes seconds to make a database, and a moment to open a copy of one. */
function pgliteTemplate(): Promise<string> {
  template ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mikroscope-pglite-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const session = await openSession({ url: `pglite:${folder}/empty.db`, entities: [] });
    await session.createAll();
    await session.close();
    return join(folder, 'empty.db');
  })();
  return template;
}
