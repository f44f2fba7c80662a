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
  /** What was assigned before what cannot be written. */
  readonly #beneath = new Map<string, number>();
  /** What the transaction wrote without it being known what was committed. */
  readonly #blind = new Set<string>();
  /** Whether the transaction updated the row. */
  isWritten = false;
  /** What update() wrote in the transaction. */
  bulk = 0;
  /** Something was assigned that may be what the row holds: it may count as a change. */
  isVague = false;
  /** Another connection deleted the row. */
  isGone = false;

  /** A note that another session has replaced, and that memory may still show. */
  staleNote: number | undefined;
  /** What the database gives to what has no value. */
  readonly #presets: Values;
  /** The properties whose changes are those of other rows. */
  readonly #silent: ReadonlySet<string>;

  constructor(values: Values, presets: Values, silent: readonly string[]) {
    this.memory = values;
    this.#presets = presets;
    this.#silent = new Set(silent);
  }

  get isManaged(): boolean {
    return ['pending', 'persistent', 'removed', 'deleted'].includes(this.life);
  }

  get isDirty(): boolean {
    return this.life === 'persistent' && [...this.assigned].some(name => !this.#silent.has(name));
  }

  get isStaged(): boolean {
    return this.life === 'pending' || this.life === 'removed' || this.#hasAssigned;
  }

  get #hasAssigned(): boolean {
    return this.life === 'persistent' && this.assigned.size > 0;
  }

  /** The properties that keep what is staged from being written. */
  get unwritable(): readonly string[] {
    const staged =
      this.life === 'pending' ? Object.keys(this.memory) : this.#hasAssigned ? this.assigned : [];
    return [...staged].filter(name => this.memory[name] === INVALID);
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
    if (value === INVALID && this.memory[name] !== INVALID && this.assigned.has(name))
      this.#beneath.set(name, this.memory[name] as number);
    else if (value !== INVALID) this.#beneath.delete(name);
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
      // What the row holds for it stays unknown.
      if (this.assigned.has(name)) continue;
      if (!this.known.has(name)) this.#remember(name);
      this.known.add(name);
    }
  }

  flush(): void {
    if (this.life === 'removed') [this.life, this.open] = ['deleted', undefined];
    else if (this.life === 'pending')
      [this.life, this.open] = ['persistent', { ...this.#presets, ...this.memory }];
    else if (this.#hasAssigned && !this.isGone) {
      this.isWritten ||= this.isDirty;
      for (const name of this.assigned) {
        if (!this.known.has(name)) this.#blind.add(name);
        this.open = { ...this.open, [name]: this.memory[name] as number };
      }
    }
    this.assigned.clear();
    this.#beneath.clear();
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
    // What was inserted and deleted again is as if it had never been added.
    if (this.life === 'deleted' || this.life === 'removed')
      this.life = this.committed || this.isGone ? 'removed' : 'transient';
    const { open = {}, committed } = this;
    for (const name of this.#blind) this.known.delete(name);
    if (committed !== undefined) {
      for (const name of Object.keys(open)) if (open[name] !== committed[name]) this.assigned.add(name);
      for (const name of this.assigned) if (this.memory[name] === committed[name]) this.#settleSame(name);
    }
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

  /** What was assigned is forgotten, but for what is of other rows. */
  expire(): void {
    for (const name of this.assigned) {
      const isInvalid = this.memory[name] === INVALID;
      if (this.#silent.has(name) && !isInvalid) continue;
      const beneath = this.#silent.has(name) ? this.#beneath.get(name) : undefined;
      if (beneath === undefined) this.assigned.delete(name);
      const value = beneath ?? this.open?.[name];
      if (value !== undefined) this.memory = { ...this.memory, [name]: value };
    }
    this.forget();
  }

  /** What was read may not be what the row holds. */
  forget(): void {
    this.known.clear();
    this.staleNote = undefined;
  }

  #back(row: Values | undefined, life: Life): void {
    this.open = row;
    if (this.isManaged) {
      this.life = life;
      if (row !== undefined) this.memory = { ...this.memory, ...row };
    }
    this.assigned.clear();
    this.#beneath.clear();
    this.forget();
  }

  /** What memory holds is what the row does: that is no change if it is known. */
  #settleSame(name: string): void {
    if (this.known.has(name)) this.assigned.delete(name);
    else this.isVague = true;
  }

  #settle(): void {
    this.isWritten = false;
    this.bulk = 0;
    this.isVague = false;
    this.#blind.clear();
    this.forget();
  }

  #remember(name: string): void {
    const value = this.open?.[name];
    if (value !== undefined) this.memory = { ...this.memory, [name]: value };
  }
}
