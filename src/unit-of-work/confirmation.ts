import type { TableColumns } from '../entity/table-columns.ts';
import type { Bypass, Layer, Statement } from '../mikro-orm/interceptor.ts';
import { isPlainInsert } from '../sql/plain-insert.ts';
import type { Condition } from '../sql/conditions.ts';
import { readStatements, type SqlStatement } from '../sql/statement.ts';
import type { Dialect } from '../dialects/dialect.ts';

/** What touches every row of a table, or the tables themselves, or may do so unseen. */
export interface DestructiveStatement {
  readonly kind: 'dropAll' | 'update' | 'delete' | 'sql' | 'native client';
  /** The entity whose rows it would touch; absent for all of them, and for SQL. */
  readonly entity?: string;
}

/** Asked before something destructive is done. Rejects to refuse it; nothing has been done then. */
export type Confirm = (statement: DestructiveStatement) => Promise<void>;

/** Asks once before something destructive, whether it comes from the session or from SQL, whichever way that comes. */
export class Confirmation implements Layer {
  readonly #confirm: Confirm;
  readonly #dialect: Pick<Dialect, 'family' | 'losesRows'>;
  readonly #columnsOf: TableColumns;
  /** How many pieces of work under way need no question, or have had it. */
  #confirmed = 0;

  /**
   * @param dialect of the database whose SQL it reads
   * @param columnsOf the columns of its tables, as far as they are known
   */
  constructor(confirm: Confirm, dialect: Pick<Dialect, 'family' | 'losesRows'>, columnsOf: TableColumns) {
    this.#confirm = confirm;
    this.#dialect = dialect;
    this.#columnsOf = columnsOf;
  }

  /** Asks about SQL that goes past the session: of `em.execute()`, Kysely, a fork, MikroORM's own schema. */
  admit({ sql }: Statement): Promise<undefined> | undefined {
    if (this.#confirmed > 0 || isPlainInsert(sql)) return undefined;
    const { family, losesRows } = this.#dialect;
    const namesColumn = (condition: Condition) => this.#namesColumn(condition);
    const loses = (statement: SqlStatement) =>
      statement.everyRow ||
      losesRows?.(statement, namesColumn) === true ||
      !statement.conditions.every(namesColumn);
    if (!readStatements(sql, family).some(loses)) return undefined;
    return this.#confirm({ kind: 'sql' }).then(() => undefined);
  }

  /**
   * Whether a condition names a column of what is written. There is no end of what is always true without one, so what is
   * not known for a column is none.
   */
  #namesColumn({ tables, column, names }: Condition): boolean {
    const written = tables.filter(
      ({ name }) => column === undefined || this.#columnsOf(name)?.has(column) === true,
    );
    const isNamed = ({ name: table, alias }: Condition['tables'][number]) =>
      names.some(
        ({ qualifier = alias, name }) => qualifier === alias && this.#columnsOf(table)?.has(name) === true,
      );
    return written.length > 0 && written.every(isNamed);
  }

  /** What is done with the driver's own client cannot be seen. */
  async bypass(way: Bypass): Promise<void> {
    if (this.#confirmed === 0 && way === 'getNativeClient') await this.#confirm({ kind: 'native client' });
  }

  /** Asks, and then runs the work without asking again. */
  async confirmThen<T>(statement: DestructiveStatement, work: () => Promise<T>): Promise<T> {
    await this.#confirm(statement);
    return this.withoutAsking(work);
  }

  /** Runs work that needs no confirmation, such as a migration. */
  async withoutAsking<T>(work: () => Promise<T>): Promise<T> {
    this.#confirmed++;
    try {
      return await work();
    } finally {
      this.#confirmed--;
    }
  }
}
