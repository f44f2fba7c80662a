import { startPostgres } from '../../repl/cli/check/postgres-server.ts';
import { hasMariadb, mortalMariadb } from './mortal-mariadb.ts';

interface Server {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL server for all tests, and with those that start programs a MariaDB where it is installed, unless
 * TEST_POSTGRES_URL and TEST_MARIADB_URL name them.
 */
const setup = async (
  _: unknown,
  project: { readonly displayName?: { readonly name: string } },
): Promise<void> => {
  const isLong = project.displayName?.name === 'system';
  await Promise.all([
    start('TEST_POSTGRES_URL', startPostgres),
    isLong && hasMariadb && start('TEST_MARIADB_URL', startMariadb),
  ]);
};

async function startMariadb(): Promise<Server> {
  const server = await mortalMariadb();
  return { url: server.url, stop: () => server.drop() };
}

async function start(variable: string, starting: () => Promise<Server | undefined>): Promise<void> {
  if (process.env[variable] !== undefined) return;
  const server = await starting();
  process.env[variable] = server?.url ?? '';
  if (server !== undefined) servers.push(server);
}

/** Those that the teardown stops; both are modules of their own. */
const servers = ((globalThis as { testServers?: Server[] }).testServers ??= []);

// Jest wants the function as the default export.
// oxlint-disable-next-line import/no-default-export
export default setup;
