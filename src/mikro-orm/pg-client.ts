/** A connection of pg. Everything sent to PostgreSQL goes through it, the pool's own queries included. */
export interface PgClient {
  query(...args: unknown[]): unknown;
  getTransactionStatus?(): string | null;
  on(event: 'drain' | 'error', listener: () => void): void;
  once(event: 'end', listener: () => void): void;
  release(destroy?: boolean): void;
}

/** What the options of a pool of pg may hold that is run on each new connection, in this order. */
interface PoolHooks {
  readonly onPoolCreated?: (pool: PgPool) => unknown;
  readonly onConnect?: (client: PgClient) => unknown;
  readonly verify?: (client: PgClient, done: (error?: Error) => void) => void;
}

/** A pool of pg. */
export interface PgPool {
  readonly options: object;
  /** The class of its clients; Kysely makes some of its own by it. */
  Client?: new (options: object) => PgClient;
  on(event: 'connect', listener: (client: PgClient) => void): void;
}

/** The options of a pool of pg that is looked at as soon as there is one. */
export function onPool(options: object, see: (pool: PgPool) => void): object {
  const { onPoolCreated } = options as PoolHooks;
  return {
    ...options,
    onPoolCreated(pool: PgPool) {
      see(pool);
      return onPoolCreated?.(pool);
    },
  };
}

/**
 * The options of a pool that prepares each new connection before anything else is done with it, and discards it if that
 * fails. Not every version of pg has all the places for that, and a project may have something of its own in each.
 *
 * @param prepare takes effect at once on what is sent from then on, even if it returns a promise
 */
export function onClient(options: object, prepare: (client: PgClient) => unknown): object {
  const theirs = options as PoolHooks;
  const known = new WeakMap<PgClient, Promise<unknown>>();
  const prepared = (client: PgClient) => {
    const first = known.get(client) ?? (async () => prepare(client))();
    known.set(client, first);
    return first;
  };
  const hooks: PoolHooks = {
    async onConnect(client) {
      await prepared(client);
      await theirs.onConnect?.(client);
    },
    verify(client, done) {
      prepared(client).then(() => (theirs.verify === undefined ? done() : theirs.verify(client, done)), done);
    },
  };
  return onPool({ ...options, ...hooks }, pool => {
    // Who waits for the connection sees the error.
    pool.on('connect', client => void prepared(client).catch(() => {}));
  });
}

/** Gives a connection back to its pool, which closes it. Does nothing if it was given back already. */
export function discard(client: PgClient): void {
  try {
    client.release(true);
  } catch {
    // It is already in the pool, or closed.
  }
}

/** Waits until the connection of a client has ended, which it has not yet. */
export function hasEnded(client: PgClient): Promise<void> {
  return new Promise(end => client.once('end', end));
}

/** A query on its way to a client. */
interface Sent {
  readonly text: string;
  /** Its end is not waited for: one who reads rows one by one may take long. */
  readonly isCursor: boolean;
}

/**
 * Sends the queries of a client one after another, none of which can hold several statements.
 *
 * @param before is done before each is sent; what it throws is the query's error. It gets pg's own method.
 */
export function oneAfterAnother(
  client: PgClient,
  before: (sent: Sent, query: (text: string) => Promise<unknown>) => unknown,
): void {
  const query = client.query.bind(client);
  let last: Promise<unknown> = Promise.resolve();
  client.query = (first, ...rest) => {
    const { text, args, submitted, callback } = oneStatement(first, rest);
    const ready = last.then(() =>
      before({ text, isCursor: submitted !== undefined }, own => query({ text: own }) as Promise<unknown>),
    );
    if (submitted !== undefined) {
      last = ready.then(
        () => void query(...args),
        error => submitted.handleError?.(error),
      );
      return submitted;
    }
    const done = ready.then(() => query(...args) as Promise<unknown>);
    last = done.catch(() => {});
    if (callback === undefined) return done;
    done.then(
      result => callback(undefined, result),
      error => callback(error),
    );
    return undefined;
  };
}

/** A query that is an object of its own, such as a cursor. */
interface Submittable {
  readonly text?: unknown;
  submit(connection: unknown): void;
  handleError?(error: unknown): void;
}

type Callback = (error: unknown, result?: unknown) => void;

/** The parts of a call of `client.query()`. Without parameters pg sends several statements in one, unless told otherwise. */
function oneStatement(first: unknown, rest: readonly unknown[]) {
  if (typeof first === 'object' && first !== null && 'submit' in first) {
    const submitted = first as Submittable;
    const text = typeof submitted.text === 'string' ? submitted.text : '';
    return { text, args: [submitted, ...rest], submitted, callback: undefined };
  }
  const values = rest.find(each => Array.isArray(each));
  const callback = rest.find(each => typeof each === 'function') as Callback | undefined;
  const plain = typeof first === 'string' ? { text: first } : (first as { text: string });
  const alone = { ...plain, ...(values === undefined ? {} : { values }), queryMode: 'extended' };
  return { text: plain.text, args: [alone], submitted: undefined, callback };
}
