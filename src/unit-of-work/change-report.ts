import { ChangeSetType } from '@mikro-orm/core';

export type Change = 'new' | 'changed' | 'removed';

/** How many rows of each kind of change. */
export type ChangeCounts = Readonly<Record<Change, number>>;

/** What MikroORM's change of a type is. */
export function changeOf(type: ChangeSetType): Change {
  if (type === ChangeSetType.CREATE) return 'new';
  return type.startsWith('delete') ? 'removed' : 'changed';
}

/** What two changes of one object, one after the other, come to; undefined for nothing. */
export function combined(before: Change | undefined, change: Change): Change | undefined {
  if (before !== 'new') return change;
  return change === 'removed' ? undefined : 'new';
}

const VERBS = {
  commit: ['committed', 'nothing to commit'],
  flush: ['flushed', 'nothing to flush'],
  rollback: ['rolled back', 'nothing to roll back'],
  pending: ['', 'nothing staged'],
  uncommitted: ['', 'nothing to commit'],
} as const;

/**
 * What `commit()`, `flush()` or `rollback()` did, or what is staged, in counts of objects and of rows that `update()` and
 * `delete()` changed. It prints as a sentence.
 *
 * @example
 * const report = await session.commit();
 * report.new; // 2
 * report.byEntity.get('User'); // { new: 2, changed: 0, removed: 0 }
 * String(report); // 'committed 2 new (User)'
 */
export class ChangeReport {
  /** The method that it is about; `pending` for what is staged, `uncommitted` for that and what is written. */
  readonly action: keyof typeof VERBS;
  readonly new: number;
  readonly changed: number;
  readonly removed: number;
  readonly #byEntity: ReadonlyMap<string, ChangeCounts>;

  constructor(
    action: keyof typeof VERBS,
    changes: Iterable<readonly [change: Change, entity: string, count?: number]>,
  ) {
    const byEntity = new Map<string, Record<Change, number>>();
    for (const [change, entity, count = 1] of changes) {
      const counts = byEntity.get(entity) ?? { new: 0, changed: 0, removed: 0 };
      counts[change] += count;
      if (count > 0) byEntity.set(entity, counts);
    }
    const total = (change: Change) => [...byEntity.values()].reduce((sum, counts) => sum + counts[change], 0);
    this.action = action;
    this.new = total('new');
    this.changed = total('changed');
    this.removed = total('removed');
    this.#byEntity = byEntity;
  }

  /** The counts of each entity that changed, by its name. */
  get byEntity(): ReadonlyMap<string, ChangeCounts> {
    return this.#byEntity;
  }

  /** `committed 2 new (User), 1 changed (Post)`, or `nothing to commit`. */
  toString(): string {
    const [done, nothing] = VERBS[this.action];
    return this.summary === '' ? nothing : `${done} ${this.summary}`.trimStart();
  }

  /** `2 new (User), 1 changed (Post)`; empty if there is nothing. */
  get summary(): string {
    return (['new', 'changed', 'removed'] as const)
      .filter(change => this[change] > 0)
      .map(change => `${this[change]} ${change} (${this.#entitiesWith(change).join(', ')})`)
      .join(', ');
  }

  /** The names of the entities with a change of this kind, in alphabetical order. */
  #entitiesWith(change: Change): string[] {
    return [...this.#byEntity].flatMap(([name, counts]) => (counts[change] > 0 ? [name] : [])).toSorted();
  }
}
