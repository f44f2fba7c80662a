/** A connection of pg. */
export interface PgClient {
  query(...args: unknown[]): unknown;
  getTransactionStatus?(): string | null;
  release(destroy?: boolean): void;
}

export interface PgPool {
  on(event: 'connect' | 'acquire', listener: (client: PgClient) => void): void;
  on(event: 'release', listener: (error: unknown, client: PgClient) => void): void;
  end(): Promise<void>;
}

/** What `client.query()` is given, such that it cannot be several statements in one. */
export interface Sent {
  readonly text: string;
  /** A cursor takes its query by itself, and always one statement. */
  readonly isCursor: boolean;
  readonly args: readonly unknown[];
}

/** pg sends several statements in one where there are no parameters, unless it is told otherwise. */
export function oneStatement(first: unknown, rest: readonly unknown[]): Sent {
  if (typeof first === 'object' && first !== null && 'submit' in first)
    return { text: '', isCursor: true, args: [first, ...rest] };
  const [values, ...more] = Array.isArray(rest[0]) ? rest : [undefined, ...rest];
  const plain = typeof first === 'string' ? { text: first } : (first as { text: string });
  const alone = { ...plain, ...(values === undefined ? {} : { values }), queryMode: 'extended' };
  return { text: plain.text, isCursor: false, args: [alone, ...more] };
}
