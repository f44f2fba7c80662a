import { isPlainInsert } from '../sql/plain-insert.ts';
import { readStatements, type SqlStatement } from '../sql/statement.ts';
import type { SqlFamily } from '../sql/token.ts';
import { doubt } from './in-doubt.ts';
import type { Layer, OpenConnection, SentStatement } from './interceptor.ts';

type KeepsPart = (statement: SqlStatement, run: OpenConnection['run']) => Promise<boolean>;

/**
 * Counts what a server has committed, which a cancellation does not take back: what wrote outside of a transaction, a
 * transaction that wrote, and what commits the one that it is in.
 */
export class CommittedWrites implements Layer {
  /** How many times something was committed so far, or may have been. */
  count = 0;
  readonly #family: SqlFamily;
  readonly #commitsAtDdl: boolean;
  readonly #keepsPart: KeepsPart | undefined;
  /** The connections whose open transaction has written. */
  readonly #written = new WeakSet<object>();

  /**
   * @param commitsAtDdl whether the server commits the open transaction before it changes a table, as MySQL does
   * @param keepsPart whether what a statement that failed wrote may be there for good; absent where it never is
   */
  constructor(family: SqlFamily, commitsAtDdl: boolean, keepsPart?: KeepsPart) {
    this.#family = family;
    this.#commitsAtDdl = commitsAtDdl;
    this.#keepsPart = keepsPart;
  }

  async execute<R>(statement: SentStatement, send: () => Promise<R>): Promise<R> {
    try {
      const result = await send();
      this.#done(statement);
      return result;
    } catch (error) {
      if (this.#mayCommitPart(statement) || (await this.#keptPart(statement))) this.count++;
      if (this.#commits(statement)) doubt(error);
      throw error;
    }
  }

  async *stream<R>(statement: SentStatement, rows: () => AsyncIterable<R>): AsyncGenerator<R> {
    yield* rows();
    this.#done(statement);
  }

  /** Whether a statement is written for good with its end. */
  #commits({ sql, connection, transaction, isDriverOwn }: SentStatement): boolean {
    if (!isDriverOwn) return transaction === undefined ? this.#writes(sql) : this.#commitsFirst(sql);
    return this.#written.has(connection) && this.#read(sql)[0]?.transaction?.kind === 'commit';
  }

  #done({ sql, connection, transaction, isDriverOwn }: SentStatement): void {
    if (isDriverOwn) this.#ended(sql, connection);
    else if (transaction === undefined) this.count += this.#writes(sql) ? 1 : 0;
    else if (this.#commitsFirst(sql)) this.count++;
    else if (!this.#written.has(connection) && this.#writes(sql)) this.#written.add(connection);
  }

  /** The driver's own BEGIN, COMMIT, ROLLBACK and savepoints. */
  #ended(sql: string, connection: object): void {
    const kind = this.#read(sql)[0]?.transaction?.kind;
    if (kind === 'commit' && this.#written.has(connection)) this.count++;
    if (kind === 'commit' || kind === 'rollback') this.#written.delete(connection);
  }

  #writes(sql: string): boolean {
    return isPlainInsert(sql) || this.#read(sql).some(each => each.writes);
  }

  #commitsFirst(sql: string): boolean {
    if (!this.#commitsAtDdl || isPlainInsert(sql)) return false;
    return this.#read(sql).some(({ transaction }) => transaction?.kind === 'implicitCommit');
  }

  /** A procedure can commit; and without a transaction, those that commit at DDL commit each of several statements. */
  #mayCommitPart({ sql, transaction, isDriverOwn }: SentStatement): boolean {
    if (isDriverOwn || transaction !== undefined || isPlainInsert(sql)) return false;
    const statements = this.#read(sql);
    return (
      (this.#commitsAtDdl && statements.length > 1 && this.#writes(sql)) ||
      statements.some(({ commitsParts }) => commitsParts)
    );
  }

  async #keptPart({ sql, connection, isDriverOwn }: SentStatement): Promise<boolean> {
    if (isDriverOwn || this.#keepsPart === undefined || !this.#writes(sql)) return false;
    const [statement] = this.#read(sql);
    // Of a server that says nothing more, nothing is known.
    return statement !== undefined && this.#keepsPart(statement, connection.run).catch(() => true);
  }

  #read(sql: string): readonly SqlStatement[] {
    return readStatements(sql, this.#family);
  }
}
