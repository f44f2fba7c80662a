import type { SqlEm } from './orm.ts';
import { MikroscopeError } from '../errors.ts';
import { changesTable } from '../sql/changes-table.ts';
import type { SqlFamily } from '../sql/token.ts';
import type { Layer, Statement } from './interceptor.ts';
import type { Transactions } from './transactions.ts';

/** What a session knows of the connections of its database. */
interface WaitingDatabase {
  readonly em: SqlEm;
  /** What has one connection, as the subject of a sentence; undefined for a database that has many. */
  readonly database: string | undefined;
  /** How its SQL is read. */
  readonly family: SqlFamily;
  readonly transactions: Transactions;
}

/**
 * An embedded database has one connection, and so has every sandbox. While a transaction is open on it, a statement from
 * outside of the transaction waits until it ends. Refuses statements that would wait forever: for the session's
 * transaction, for one that was begun by hand, and for the one around the code that sends them. A stream has the
 * connection as well, and so does whoever reserves it; as these may end, they are waited for while they are at work. On a
 * server the session's transaction locks the tables that it uses against changes of the schema, which would wait as long.
 */
export class EndlessWaits implements Layer {
  readonly #database: string | undefined;
  readonly #em: SqlEm;
  readonly #family: SqlFamily;
  readonly #transactions: Transactions;
  readonly #tables: ReadonlySet<string>;

  constructor({ em, database, family, transactions }: WaitingDatabase) {
    this.#database = database;
    this.#em = em;
    this.#family = family;
    this.#transactions = transactions;
    // Embeddables have no table.
    const known = [...em.getMetadata().getAll().values()];
    this.#tables = new Set(known.flatMap(({ tableName }) => (tableName ? [tableName.toLowerCase()] : [])));
  }

  /** @throws MikroscopeError `DatabaseBusy` if the connection would be waited for forever */
  acquire(): void {
    if (this.#database !== undefined && this.#em.getTransactionContext() !== undefined)
      throw this.#endless('the transaction of the session', 'commit() or rollback() first.');
    this.assertOthersEnd();
  }

  admit({ sql, transaction }: Statement): undefined {
    const isOpen = this.#transactions.isByHand && this.#em.getTransactionContext() !== undefined;
    if (!isOpen || transaction === 'by hand' || !changesTable(sql, this.#family, this.#tables)) return;
    throw new MikroscopeError(
      'DatabaseBusy',
      'This would wait forever: the transaction of the session is open, and has locked tables',
      'commit() or rollback() first.',
    );
  }

  /** @throws MikroscopeError `DatabaseBusy` if the session, outside of a transaction, would wait forever */
  assertOthersEnd(): void {
    if (this.#database === undefined || this.#em.getTransactionContext() !== undefined) return;
    if (this.#transactions.isByHand)
      throw this.#endless(
        'a transaction that another EntityManager began',
        'commit() or rollback() that one first.',
      );
    if (this.#transactions.isInside)
      throw this.#endless('the transaction around it', 'Use the EntityManager that it hands over.');
  }

  stall(): void {
    if (this.#database !== undefined)
      throw this.#endless(
        'a stream or a reserved connection',
        'Read the stream to its end first, or use the connection that was reserved.',
      );
  }

  #endless(whose: string, then: string): MikroscopeError {
    return new MikroscopeError(
      'DatabaseBusy',
      `This would wait forever: ${this.#database} has one connection, and ${whose} is open on it`,
      then,
    );
  }
}
