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
 * An embedded database has one connection, and so have every sandbox and a server's pool that is to have no more. While a
 * transaction is open on it, a statement from outside of the transaction waits until it ends. Refuses statements that would
 * wait forever: for the session's transaction, for one that was begun by hand, and for the one around the code that sends
 * them. A stream has the connection as well, and so does whoever reserves it; as these may end, they are waited for while
 * they are at work. On a server the session's transaction locks the tables that it uses against changes of the schema, which
 * would wait as long.
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
    throw endless(
      'the transaction of the session is open, and has locked tables',
      'commit() or rollback() first.',
    );
  }

  /** @throws MikroscopeError `DatabaseBusy` if the session, outside of a transaction, would wait forever */
  assertOthersEnd(): void {
    if (this.#database !== undefined && this.#em.getTransactionContext() === undefined)
      this.#assertOthersEnd(`${this.#database} has one connection`, 'is open on it');
  }

  /** @throws MikroscopeError `DatabaseBusy` if a change of the tables would wait for others forever, as these lock them */
  assertTablesFree(): void {
    this.assertOthersEnd();
    this.#assertOthersEnd('it changes tables', 'is open and may have locked them');
  }

  #assertOthersEnd(why: string, isOpen: string): void {
    if (this.#transactions.isOthersByHand)
      throw endless(
        `${why}, and a transaction that another EntityManager began ${isOpen}`,
        'commit() or rollback() that one first.',
      );
    if (this.#transactions.isInside)
      throw endless(
        `${why}, and the transaction around it ${isOpen}`,
        'Use the EntityManager that it hands over.',
      );
  }

  stall(): void {
    if (this.#database !== undefined)
      throw this.#endless(
        'a stream or a reserved connection',
        'Read the stream to its end first, or use the connection that was reserved.',
      );
  }

  #endless(whose: string, then: string): MikroscopeError {
    return endless(`${this.#database} has one connection, and ${whose} is open on it`, then);
  }
}

function endless(why: string, then: string): MikroscopeError {
  return new MikroscopeError('DatabaseBusy', `This would wait forever: ${why}`, then);
}
