import type { EntityMetadata } from '@mikro-orm/core';
import { hasRow, rowKeyTextOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { byKeys } from '../mikro-orm/row-keys.ts';
import { isRemoved } from '../mikro-orm/staged.ts';
import { isPersistent, isTracked } from '../unit-of-work/object-states.ts';
import type { QueryPlan } from './plan.ts';

/** Rows as they were read. */
export interface ReadRows<T> {
  readonly rows: readonly T[];
  /** To be called after the loop over the rows. */
  readonly release: () => void;
}

/** What a stream needs of the session. */
export interface Source<T> {
  readonly em: SqlEm;
  readonly meta: EntityMetadata;
  /** Flushes, and reads rows that only the loop holds. */
  read(plan: QueryPlan): Promise<ReadRows<T>>;
  /** Flushes, and runs a query that reads no entities. */
  run<R>(query: () => Promise<R>): Promise<R>;
}

/**
 * The rows of a batch in a loop that may remove some of them before their turn, or make the session let go of them, as
 * `em.clear()` does. Those are read again when their turn comes, so that what is assigned to them is written.
 */
export class Batch<T extends object> {
  readonly #source: Source<T>;
  readonly #populate: readonly string[];
  readonly #rows: (T | undefined)[];
  readonly #releases: (() => void)[];
  /** The turn at which rows were last read again. */
  #lastRead = 0;

  /** @param populate the relations that are loaded with the rows */
  constructor(source: Source<T>, { rows, release }: ReadRows<T>, populate: readonly string[]) {
    this.#source = source;
    this.#populate = populate;
    this.#rows = [...rows];
    this.#releases = [release];
  }

  get length(): number {
    return this.#rows.length;
  }

  /** A row whose turn has come; undefined for one that was removed, or that the session has let go of. */
  at(index: number): T | undefined {
    const row = this.#rows[index];
    return row !== undefined && isPersistent(this.#source.em, row) ? row : undefined;
  }

  /** The object that the session has now for a row that it has let go of; undefined for a row that was removed. */
  async again(index: number): Promise<T | undefined> {
    if (!this.#isLetGo(this.#rows[index])) return undefined;
    // A loop that clears at every turn is to read few rows at a time, and one that clears once is to read few times.
    const count = 2 * Math.max(1, index - this.#lastRead);
    this.#lastRead = index;
    await this.#read(index, this.#rows.slice(index, index + count));
    return this.at(index);
  }

  /** To be called after the loop. */
  release(): void {
    for (const release of this.#releases) release();
  }

  async #read(index: number, rows: readonly (T | undefined)[]): Promise<void> {
    const { meta } = this.#source;
    const letGo = rows.filter(row => this.#isLetGo(row));
    const found = await this.#source.read({
      where: [byKeys(meta, letGo)],
      orderBy: [],
      populate: this.#populate,
    });
    this.#releases.push(found.release);
    const byKey = new Map(found.rows.map(row => [rowKeyTextOf(row), row]));
    for (const [i, row] of rows.entries())
      if (this.#isLetGo(row)) this.#rows[index + i] = byKey.get(rowKeyTextOf(row));
  }

  /** Whether the session no longer tracks a row that nothing has removed. */
  #isLetGo(row: T | undefined): row is T {
    const { em } = this.#source;
    return row !== undefined && hasRow(row) && !isTracked(em, row) && !isRemoved(em, row);
  }
}
