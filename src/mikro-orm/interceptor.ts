import { AsyncLocalStorage } from 'node:async_hooks';
import { InFlight } from './in-flight.ts';
import { OpenStreams } from './open-streams.ts';
import { type Began, Transactions } from './transactions.ts';

/**
 * The layers that stand between MikroORM and the driver, in the order in which a statement meets them. Each is added
 * by the room that it belongs to.
 */
const ORDER = [
  // what would wait forever is refused before it takes its place in the queue for the connection
  'endless-waits',
  // what would end the connection reaches nothing else
  'nul-characters',
  // what a lost database would answer is nobody's
  'lost-file',
  // what no session may send is refused before the user is asked about it
  'stray-transactions',
  'implicit-commits',
  // what a read-only session refuses needs no question either
  'read-only',
  // asks when nothing else can refuse the statement, and before anything around the sending begins
  'confirmation',
  // savepoints go around exactly what is sent
  'sandbox',
  // what was refused has written nothing
  'other-writes',
  'committed-writes',
  // what is sent may have to be sent again
  'exact-integers',
] as const;

export type LayerName = (typeof ORDER)[number];

/** A connection of the driver, past all layers. */
export interface OpenConnection {
  /** Sends a statement that no layer sees. */
  readonly run: (sql: string) => Promise<unknown>;
}

/** A statement on its way to the driver. */
export interface Statement {
  readonly sql: string;
  /** Whether it is the driver's own: the BEGIN, COMMIT or ROLLBACK of a method that begins or ends a transaction. */
  readonly isDriverOwn: boolean;
  /** How the transaction was begun that it runs in; undefined outside of one. */
  readonly transaction: Began | undefined;
}

/** A statement that is about to be sent on a connection. */
export interface SentStatement extends Statement {
  readonly connection: OpenConnection;
}

/** One concern about everything that reaches the driver. A method refuses what is under way by throwing. */
export interface Layer {
  /**
   * After MikroORM has opened a pool, or the one connection of an embedded database.
   *
   * @param isIntercepted whether what is sent through it goes through the interceptor
   */
  open?(isIntercepted: boolean): void;
  /** Before MikroORM begins a transaction, as Kysely keeps the connection if that fails later. @param sql its BEGIN */
  begin?(sql: string): void;
  /** Before a connection is waited for. */
  acquire?(): void;
  /** When a connection is waited for, and whoever has it does nothing with it, nor is in a transaction. */
  stall?(): void;
  /** After a connection was opened, and before anything else is sent on it. */
  connect?(connection: OpenConnection): Promise<void>;
  /** Before a statement is sent. @returns the text to send in its place, if it is another one */
  admit?(statement: Statement): string | undefined | Promise<string | undefined>;
  /** Around the sending of a statement. */
  execute?<R>(statement: SentStatement, send: () => Promise<R>): Promise<R>;
  /** Around the reading of rows one by one. */
  stream?<R>(statement: SentStatement, rows: () => AsyncIterable<R>): AsyncIterable<R>;
  /** Whether a COMMIT or ROLLBACK failed because the transaction had ended before. */
  isEnded?(error: unknown): boolean;
  /** Whether a statement that failed so has undone the transaction that it is in, which seems to go on. */
  undoes?(error: unknown): boolean;
  /** Before a way past the driver's connections is taken: a dump that runs by itself, or the driver's own client. */
  bypass?(way: Bypass): void | Promise<void>;
  /** Before all connections are closed. */
  disconnect?(): Promise<void>;
}

export type Bypass = 'executeDump' | 'getNativeClient';

/** The one interceptor of a database. Everything that reaches the driver goes through it. */
export class Interceptor {
  readonly transactions = new Transactions();
  readonly inFlight = new InFlight();
  /** Those outside of a transaction. */
  readonly streams = new OpenStreams();
  /** Those on the connection of one, where each statement waits for the end of the one before. */
  readonly streamsInside = new OpenStreams();
  /** Whether the pool of a server has one connection, so that one has to wait for another. */
  isPoolOfOne = false;
  /** Whether the configuration's hooks are left out of the connections that are opened now. */
  leavesHooksOut = false;
  readonly #attempts = new AsyncLocalStorage<{ isRefused: boolean }>();
  readonly #named = new Map<LayerName, Layer>();
  #layers: readonly Layer[] = [];

  add(name: LayerName, layer: Layer): void {
    this.#named.set(name, layer);
    this.#layers = ORDER.flatMap(each => this.#named.get(each) ?? []);
  }

  /** Runs a method of MikroORM that sends one statement, and logs it, also one that a layer refuses. */
  attempt<R>(sending: () => R): R {
    return this.#attempts.run({ isRefused: false }, sending);
  }

  /** Whether a layer refused the statement of the attempt that this code is part of, so that it never ran. */
  get hasRefused(): boolean {
    return this.#attempts.getStore()?.isRefused === true;
  }

  open(isIntercepted: boolean): void {
    for (const layer of this.#layers) layer.open?.(isIntercepted);
  }

  begin(sql: string): void {
    for (const layer of this.#layers) layer.begin?.(sql);
  }

  acquire(): void {
    try {
      for (const layer of this.#layers) layer.acquire?.();
    } catch (error) {
      this.#noteRefusal();
      throw error;
    }
  }

  stall(): void {
    try {
      for (const layer of this.#layers) layer.stall?.();
    } catch (error) {
      this.#noteRefusal();
      throw error;
    }
  }

  async connect(connection: OpenConnection): Promise<void> {
    for (const layer of this.#layers) await layer.connect?.(connection);
  }

  /** @returns the text to send */
  async admit(statement: Statement): Promise<string> {
    let admitted = statement;
    try {
      for (const layer of this.#layers) {
        const answer = layer.admit?.(admitted);
        const sql = typeof answer === 'object' ? await answer : answer;
        if (sql !== undefined) admitted = { ...admitted, sql };
      }
    } catch (error) {
      this.#noteRefusal();
      throw error;
    }
    return admitted.sql;
  }

  async execute<R>(statement: SentStatement, send: (sql: string) => Promise<R>): Promise<R> {
    const sql = await this.admit(statement);
    const sent = { ...statement, sql };
    const around = this.#layers.reduceRight<() => Promise<R>>(
      (next, layer) => () => layer.execute?.(sent, next) ?? next(),
      () => send(sql),
    );
    return around();
  }

  async *stream<R>(
    statement: SentStatement,
    rows: (sql: string) => AsyncIterable<R>,
  ): AsyncGenerator<R, void, undefined> {
    const sql = await this.admit(statement);
    const sent = { ...statement, sql };
    const around = this.#layers.reduceRight<() => AsyncIterable<R>>(
      (next, layer) => () => layer.stream?.(sent, next) ?? next(),
      () => rows(sql),
    );
    yield* around();
  }

  isEnded(error: unknown): boolean {
    return this.#layers.some(layer => layer.isEnded?.(error));
  }

  undoes(error: unknown): boolean {
    return this.#layers.some(layer => layer.undoes?.(error));
  }

  async bypass(way: Bypass): Promise<void> {
    for (const layer of this.#layers) await layer.bypass?.(way);
  }

  async disconnect(): Promise<void> {
    for (const layer of this.#layers) await layer.disconnect?.();
  }

  #noteRefusal(): void {
    const attempt = this.#attempts.getStore();
    if (attempt !== undefined) attempt.isRefused = true;
  }
}
