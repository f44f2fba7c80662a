import type { Connection, MikroORM } from '@mikro-orm/core';
import type { IsolationLevel } from '../sql/isolation-level.ts';
import type { SqlStatement } from '../sql/statement.ts';
import type { Location } from './location.ts';

/** How everything that is written is undone at the end. */
export type Sandbox = MemoryCopy | OneTransaction;

type ChangeOptions = (options: object) => object;

/** Sends a statement on the connection that the sandbox is on. */
export type Run = (sql: string) => Promise<unknown>;

/** A copy in memory of an embedded database. */
export interface MemoryCopy {
  readonly kind: 'copy';
  /** Why this database cannot be a sandbox, as the end of a sentence; undefined if it can. */
  obstacle?(orm: MikroORM, place: Location): string | undefined;
  /** The options with which the database itself is opened to be copied, read-only if the driver can do that. */
  original(options: object, file: string): object;
  /** The options of an empty database in memory. */
  readonly empty: ChangeOptions;
  /** Copies the database that is open. @returns what makes options open the copy */
  copy(orm: MikroORM): Promise<ChangeOptions>;
  /** Makes the database that is open refuse statements that would write to other files. */
  keepInside?(orm: MikroORM): void;
  /** Whether a connection has nothing but memory open, where the database can be asked. */
  isInMemory?(run: Run): Promise<boolean>;
  /** The proof that what is written on a connection stays in memory. */
  undoes(connection: Connection, orm: MikroORM): Promise<boolean>;
}

/** One transaction on a server that is never committed. */
export interface OneTransaction {
  readonly kind: 'transaction';
  /** What makes a pool open one connection, and what happens when it is open, and before it is closed. */
  open(): {
    readonly options: ChangeOptions;
    readonly connect?: (run: Run) => Promise<void>;
    readonly disconnect?: () => Promise<void>;
  };
  /** Sent when the connection is open. */
  readonly onConnect?: string;
  /** Whether a statement that fails takes the transaction with it, so that each is put into a savepoint. */
  readonly failureAborts: boolean;
  /** Whether BEGIN inside of a transaction commits it; otherwise it does nothing. */
  readonly beginCommits: boolean;
  /** The isolation level of the one transaction, where a BEGIN can name another. */
  readonly isolation?: IsolationLevel;
  /** Makes the transaction that a savepoint stands for read-only, if it is begun as one. */
  readonly beginReadOnly?: string;
  /** Sent before a savepoint is released in place of a COMMIT; fails if that would have failed. */
  readonly settle?: string;
  /** @throws MikroscopeError `CannotUndo` for a statement that a ROLLBACK would not undo */
  assertUndoable(statement: SqlStatement): void;
  /** The table that a statement may write and a ROLLBACK would not undo; undefined if there is none. */
  lastingTable?(statement: SqlStatement, run: Run): Promise<string | undefined>;
  /** What a statement is called that the database refuses inside of a transaction; undefined for any other error. */
  refusedInside?(error: unknown): string | undefined;
  /** Why this database cannot be a sandbox, as the end of a sentence; undefined if it can. */
  obstacle?(connection: Connection): Promise<string | undefined>;
}
