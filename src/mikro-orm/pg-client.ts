/** A connection of pg. Everything sent to PostgreSQL goes through it, the pool's own queries included. */
export interface PgClient {
  query(...args: unknown[]): unknown;
  getTransactionStatus?(): string | null;
  once(event: 'end', listener: () => void): void;
  release(destroy?: boolean): void;
}

type Verify = (client: PgClient, done: (error?: Error) => void) => void;

/** The options of a pool that prepares each new connection before handing it out, and discards it if that fails. */
export function onClient(options: object, prepare: (client: PgClient) => unknown): object {
  const { verify: theirs } = options as { verify?: Verify };
  const verify: Verify = (client, done) => {
    const prepared = (async () => prepare(client))();
    prepared.then(() => (theirs === undefined ? done() : theirs(client, done)), done);
  };
  return { ...options, verify };
}

/** Gives a connection back to its pool, which closes it. Does nothing if it was given back already. */
export function discard(client: PgClient): void {
  try {
    client.release(true);
  } catch {
    // It is already in the pool, or closed.
  }
}

/** Arguments for `client.query()` that cannot hold several statements in one. */
export interface Sent {
  readonly text: string;
  /** A cursor holds its query itself, and always a single statement. */
  readonly isCursor: boolean;
  readonly args: readonly unknown[];
}

/** Without parameters pg sends several statements in one, unless it is told otherwise. */
export function oneStatement(first: unknown, rest: readonly unknown[]): Sent {
  if (typeof first === 'object' && first !== null && 'submit' in first)
    return { text: '', isCursor: true, args: [first, ...rest] };
  const [values, ...more] = Array.isArray(rest[0]) ? rest : [undefined, ...rest];
  const plain = typeof first === 'string' ? { text: first } : (first as { text: string });
  const alone = { ...plain, ...(values === undefined ? {} : { values }), queryMode: 'extended' };
  return { text: plain.text, isCursor: false, args: [alone, ...more] };
}
