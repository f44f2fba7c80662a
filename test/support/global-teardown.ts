import type { PostgresServer } from '../../repl/cli/check/postgres-server.ts';

const teardown = async (): Promise<void> => {
  const server = Reflect.get(globalThis, 'testPostgres') as PostgresServer | undefined;
  await server?.stop();
};

// Jest wants the function as the default export.
// oxlint-disable-next-line import/no-default-export
export default teardown;
