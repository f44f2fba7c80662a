import { startPostgres } from '../../repl/cli/check/postgres-server.ts';

/** Starts one PostgreSQL server for all tests, unless TEST_POSTGRES_URL names one. */
const setup = async (): Promise<void> => {
  if (process.env['TEST_POSTGRES_URL'] !== undefined) return;
  const server = await startPostgres();
  process.env['TEST_POSTGRES_URL'] = server?.url ?? '';
  Reflect.set(globalThis, 'testPostgres', server);
};

// Jest wants the function as the default export.
// oxlint-disable-next-line import/no-default-export
export default setup;
