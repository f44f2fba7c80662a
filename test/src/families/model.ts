/** The number of the value that each property has. */
export type Values = Readonly<Record<string, number>>;

/** The number of a value that cannot be written. */
export const INVALID = -1;

export type Counts = Readonly<Record<'new' | 'changed' | 'removed', number>>;

type Life = 'transient' | 'pending' | 'persistent' | 'removed' | 'deleted' | 'gone' | 'detached';

/** One object and its row, as plainly as possible: what memory holds, what the transaction sees, what is committed. */
export class ObjectModel {
  life: Life = 'transient';
  memory: Values;
  open: Values | undefined;
  committed: Values | undefined;
  /** What was assigned since the last flush. */
  readonly assigned = new Set<string>();
  /** The properties of which memory has what the row holds, and knows it. */
  readonly known = new Set<string>();
  /** Whether the transaction updated the row. */
  isWritten = false;
  /** What update() wrote in the transaction. */
  bulk = 0;
  /** Something was assigned that may be what the row holds: it may count as a change. */
  isVague = false;
  /** Another connection deleted the row. */
  isGone = false;

  constructor(values: Values) {
    this.memory = values;
  }

  get isManaged(): boolean {
    return ['pending', 'persistent', 'removed', 'deleted'].includes(this.life);
  }

  get isDirty(): boolean {
    return this.life === 'persistent' && this.assigned.size > 0;
  }

  get isStaged(): boolean {
    return this.life === 'pending' || this.life === 'removed' || this.isDirty;
  }

  /** A property that keeps what is staged from being written. */
  get unwritable(): string | undefined {
    if (this.life !== 'pending' && !this.isDirty) return undefined;
    return Object.keys(this.memory).find(name => this.memory[name] === INVALID);
  }

  /** What is not committed, as `session.uncommitted` counts it. */
  get uncommitted(): Counts {
    const counts = { new: 0, changed: this.bulk, removed: 0 };
    if (this.life === 'removed' || this.life === 'deleted') {
      if (this.committed !== undefined || this.isGone) counts.removed++;
    } else if (this.life === 'pending' || (this.life === 'persistent' && !this.committed && !this.isGone)) {
      counts.new++;
    } else if (this.isWritten || this.isDirty) counts.changed++;
    return counts;
  }

  assign(name: string, value: number): void {
    const isSame = this.open?.[name] === value;
    if (isSame && this.life === 'persistent' && !this.known.has(name)) this.isVague = true;
    if (isSame && this.known.has(name)) this.assigned.delete(name);
    else this.assigned.add(name);
    this.memory = { ...this.memory, [name]: value };
  }

  /** What is not known is read. */
  read(names: Iterable<string>): void {
    if (this.life !== 'persistent') return;
    for (const name of names) {
      if (!this.known.has(name) && !this.assigned.has(name)) this.#remember(name);
      this.known.add(name);
    }
  }

  flush(): void {
    if (this.life === 'removed') [this.life, this.open] = ['deleted', undefined];
    else if (this.life === 'pending') [this.life, this.open] = ['persistent', this.memory];
    else if (this.isDirty) {
      this.isWritten = true;
      for (const name of this.assigned) this.open = { ...this.open, [name]: this.memory[name] as number };
    }
    this.assigned.clear();
  }

  commit(): void {
    this.flush();
    this.committed = this.open;
    if (this.life === 'deleted') this.life = 'gone';
    this.#settle();
  }

  /** A commit that failed undid the transaction: what it wrote is staged again. */
  restage(): void {
    if (this.bulk > 0) return;
    if (this.life === 'persistent' && !this.committed && !this.isGone) this.life = 'pending';
    if (this.life === 'deleted') this.life = 'removed';
    if (this.isWritten)
      for (const [name, value] of Object.entries(this.open ?? {}))
        if (this.committed?.[name] !== value) this.assigned.add(name);
    this.isWritten = false;
    this.open = this.committed;
  }

  rollback(): void {
    this.#back(this.committed, this.committed || this.isGone ? 'persistent' : 'transient');
    this.#settle();
  }

  /** What is written so far belongs to the outside. @returns what an error inside does */
  savepoint(): () => void {
    this.flush();
    const { open, life, isWritten, bulk, isVague } = this;
    return () => {
      this.#back(open, life);
      Object.assign(this, { isWritten, bulk, isVague });
    };
  }

  /** What was assigned is forgotten. */
  expire(): void {
    this.assigned.clear();
    this.known.clear();
    this.isVague = false;
  }

  #back(row: Values | undefined, life: Life): void {
    this.open = row;
    if (this.isManaged) this.life = life;
    this.expire();
  }

  #settle(): void {
    this.isWritten = false;
    this.bulk = 0;
    this.expire();
  }

  #remember(name: string): void {
    const value = this.open?.[name];
    if (value !== undefined) this.memory = { ...this.memory, [name]: value };
  }
}
