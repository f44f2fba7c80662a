import type { SqlEm } from '../mikro-orm/orm.ts';
import { opening } from '../sql/statement.ts';

/** What touches every row of a table, or the tables themselves. */
export interface DestructiveStatement {
  readonly kind: 'dropAll' | 'update' | 'delete' | 'sql';
  /** The entity whose rows it would touch; absent for all, and for SQL that somebody wrote. */
  readonly entity?: string;
}

/** Asked before something dangerous is done. Throws to refuse it; nothing has happened then. */
export type Confirm = (danger: DestructiveStatement) => Promise<void>;

type Execute = (...args: unknown[]) => Promise<unknown>;

/** Sees to it that what is dangerous is asked about, once, whichever way it takes to the database. */
export class Confirmation {
  readonly #confirm: Confirm;
  #given = 0;

  constructor(confirm: Confirm) {
    this.#confirm = confirm;
  }

  /** Asks about the SQL that goes past the session: of `em.execute()`, a query builder, a fork, MikroORM's own schema. */
  watch(em: SqlEm): void {
    for (const connection of new Set([em.getConnection('write'), em.getConnection('read')])) {
      const execute = (Reflect.get(connection, 'execute') as Execute).bind(connection);
      Reflect.set(connection, 'execute', async (...args: unknown[]) => {
        const [query] = args;
        if (this.#given === 0 && typeof query === 'string' && touchesAll(query))
          await this.#confirm({ kind: 'sql' });
        return execute(...args);
      });
    }
  }

  /** Asks, and then does it. */
  async confirmThen<T>(danger: DestructiveStatement, work: () => Promise<T>): Promise<T> {
    await this.#confirm(danger);
    return this.withoutAsking(work);
  }

  /** Does what needs no asking, such as a migration. */
  async withoutAsking<T>(work: () => Promise<T>): Promise<T> {
    this.#given++;
    try {
      return await work();
    } finally {
      this.#given--;
    }
  }
}

/** Whether SQL is about all rows of a table, or about tables, as far as its text says so. */
function touchesAll(sql: string): boolean {
  // Most statements are neither.
  if (!/\b(?:delete|update|truncate|drop)\b/i.test(sql)) return false;
  const bare = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`/g, "''");
  return bare.split(';').some(statement => {
    const { text, word } = opening(statement);
    if (word === 'truncate') return true;
    if (word === 'drop') return /^drop\s+(?:table|view|materialized|schema|database)\b/i.test(text);
    return (word === 'delete' || word === 'update') && !/\bwhere\b/i.test(text);
  });
}
