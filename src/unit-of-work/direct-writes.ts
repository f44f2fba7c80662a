import { type Change, ChangeReport } from './change-report.ts';

type Rows = readonly [change: Change, entity: string, count: number];

/** What was written in the open transaction past MikroORM's unit of work, so that it cannot be staged again. */
export class DirectWrites {
  readonly #rows: Rows[] = [];
  #hasOther = false;
  /** Entities that `em.upsert()` has made: there may be no row for them once it is undone. */
  readonly upserted = new Set<object>();

  /** Records the rows that a bulk update or delete wrote. */
  recordRows(...rows: Rows): void {
    this.#rows.push(rows);
  }

  /** Records that something wrote of which nothing else is known, such as SQL. */
  recordOther(upserted?: object): void {
    this.#hasOther = true;
    if (upserted !== undefined) this.upserted.add(upserted);
  }

  get hasOther(): boolean {
    return this.#hasOther;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0 && !this.#hasOther;
  }

  /** What it is, in words; empty if there is nothing. */
  get words(): string {
    const { summary } = new ChangeReport('uncommitted', this.#rows);
    return [summary, this.#hasOther ? 'what SQL wrote' : ''].filter(text => text !== '').join(', ');
  }

  get rows(): readonly Rows[] {
    return this.#rows;
  }

  /** Adds what was written later. */
  absorb(later: DirectWrites): void {
    this.#rows.push(...later.#rows);
    this.#hasOther ||= later.#hasOther;
    for (const entity of later.upserted) this.upserted.add(entity);
  }
}
