export type Change = 'new' | 'changed' | 'removed';

const VERBS = {
  commit: ['committed', 'nothing to commit'],
  flush: ['flushed', 'nothing to flush'],
  rollback: ['rolled back', 'nothing to roll back'],
  pending: ['', 'nothing staged'],
  uncommitted: ['', 'nothing to commit'],
} as const;

/**
 * What `commit()`, `flush()` or `rollback()` did, or would do, with the counts in it.
 *
 * @example
 * const report = await session.commit();
 * report.new; // 2
 * String(report); // 'committed 2 new (User)'
 */
export class ChangeReport {
  readonly action: keyof typeof VERBS;
  readonly new: number;
  readonly changed: number;
  readonly removed: number;
  readonly #names: Readonly<Record<Change, readonly string[]>>;

  constructor(
    action: keyof typeof VERBS,
    changes: Iterable<readonly [change: Change, entity: string, count?: number]>,
  ) {
    const counts = { new: 0, changed: 0, removed: 0 };
    const names = { new: new Set<string>(), changed: new Set<string>(), removed: new Set<string>() };
    for (const [change, entity, count = 1] of changes) {
      counts[change] += count;
      if (count > 0) names[change].add(entity);
    }
    this.action = action;
    this.new = counts.new;
    this.changed = counts.changed;
    this.removed = counts.removed;
    this.#names = {
      new: [...names.new].toSorted(),
      changed: [...names.changed].toSorted(),
      removed: [...names.removed].toSorted(),
    };
  }

  /** `committed 2 new (User), 1 changed (Post)`, or `nothing to commit`. */
  toString(): string {
    const [done, nothing] = VERBS[this.action];
    return this.summary === '' ? nothing : `${done} ${this.summary}`.trimStart();
  }

  /** `2 new (User), 1 changed (Post)`; empty for nothing. */
  get summary(): string {
    return (['new', 'changed', 'removed'] as const)
      .filter(change => this[change] > 0)
      .map(change => `${this[change]} ${change} (${this.#names[change].join(', ')})`)
      .join(', ');
  }
}

/**
 * What `createAll()` or `dropAll()` did.
 *
 * @example
 * String(await session.createAll()); // 'created post, user'
 */
export class SchemaReport {
  readonly action: 'create' | 'drop';
  /** In alphabetical order. */
  readonly tables: readonly string[];

  constructor(action: 'create' | 'drop', tables: readonly string[]) {
    this.action = action;
    this.tables = tables;
  }

  /** `created post, user`, or `nothing to create`. */
  toString(): string {
    if (this.tables.length === 0) return `nothing to ${this.action}`;
    return `${this.action === 'create' ? 'created' : 'dropped'} ${this.tables.join(', ')}`;
  }
}
