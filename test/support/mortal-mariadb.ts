import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { MortalServer } from './mortal-server.ts';
import { freePort } from '../../repl/cli/check/postgres-server.ts';

/** Whether this machine has the server, as Debian's package mariadb-server brings it. */
export const hasMariadb = spawnSync('mariadbd', ['--version']).status === 0;

/** It refuses to run as root. */
const user = userInfo().username === 'root' ? 'mysql' : userInfo().username;

/** @param flags what is set on its command line, such as `max_connections=10` */
export async function mortalMariadb(...flags: readonly string[]): Promise<MortalServer> {
  const folder = join(tmpdir(), `mikroscope-mortal-${randomUUID()}`);
  const port = await freePort();
  await ended(
    spawn('mariadb-install-db', [
      '--no-defaults',
      '--auth-root-authentication-method=normal',
      `--datadir=${folder}`,
      `--user=${user}`,
    ]),
  );
  let server: ChildProcess;
  const start = async () => {
    server = spawn('mariadbd', [
      '--no-defaults',
      `--datadir=${folder}`,
      `--socket=${join(folder, 'socket')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--user=${user}`,
      // Nothing is lost when it is killed, only when the machine is.
      '--innodb-flush-log-at-trx-commit=2',
      '--innodb-flush-method=nosync',
      '--sync-frm=0',
      ...flags.map(flag => `--${flag}`),
    ]);
    await ready(server);
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const over = ended(server);
    server.kill(signal);
    await over;
  };
  process.once('exit', () => server.kill('SIGKILL'));
  await start();
  return {
    url: `mariadb://root@127.0.0.1:${port}/test`,
    port,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async drop() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until it takes connections. */
async function ready(server: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((isReady, fail) => {
    server.once('exit', () => fail(new Error(`MariaDB did not start: ${said}`)));
    server.stderr?.on('data', data => {
      said += String(data);
      if (/ready for connections/.test(said)) isReady();
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  child.stdout?.resume();
  child.stderr?.resume();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
