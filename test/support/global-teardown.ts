import type { MortalServer } from './mortal-server.ts';

const teardown = async (): Promise<void> => {
  const { testServers = [] } = globalThis as { testServers?: Pick<MortalServer, 'stop'>[] };
  await Promise.all(testServers.splice(0).map(server => server.stop()));
};

// Jest wants the function as the default export.
// oxlint-disable-next-line import/no-default-export
export default teardown;
