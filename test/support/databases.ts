import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../src/index.ts';

type OpenOptions = NonNullable<Parameters<typeof openSession>[0]>;
type Session = Awaited<ReturnType<typeof openSession>>;

/** The databases that everything must work on. */
export const dialects = ['sqlite', 'postgresql'] as const;
export type Dialect = (typeof dialects)[number];

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database of one's own. */
export async function createDatabase(dialect: Dialect): Promise<TestDatabase> {
  if (dialect === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'mikroscope-'));
    return { url: `sqlite:${join(folder, 'test.db')}`, drop: () => rm(folder, { recursive: true }) };
  }
  const server = process.env['TEST_POSTGRES_URL'] ?? '';
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `drop database ${name} with (force)`) };
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
