import { type Change, ChangeReport } from './change-report.ts';

type Rows = readonly [change: Change, entity: string, count: number];

/** What was written in the open transaction past MikroORM's unit of work, so that it cannot be staged again. */
export class DirectWrites {
  readonly #rows: Rows[] = [];
  #hasOther = false;

  /** Records the rows that a bulk update or delete wrote. */
  recordRows(...rows: Rows): void {
    this.#rows.push(rows);
  }

  /** Records that something wrote of which nothing else is known, such as SQL. */
  recordOther(): void {
    this.#hasOther = true;
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
  }
}
