import type { Change } from './change-report.ts';
import { HookAssignments } from './hook-assignments.ts';
import { HookLists } from './hook-lists.ts';

/** What was staged when a flush began, and hooks had done nothing yet. */
export interface OwnStaging {
  /** What there was. */
  readonly entities: ReadonlySet<object>;
  /** What of it was to be removed. */
  readonly removed: ReadonlySet<object>;
}

/** What hooks and subscribers of a project did in flushes that went through: the next flush of the same does it again. */
export class ByHooks {
  /** New entities that they have made. */
  readonly made = new Set<object>();
  /** Entities that they have removed. */
  readonly removed = new Set<object>();
  /** Entities that were to be removed, and that they have kept. */
  readonly kept = new Set<object>();
  readonly assignments = new HookAssignments();
  readonly lists = new HookLists();

  /** Notes what is about to be written of an entity, if that is not what was staged. */
  note(entity: object, change: Change, own: OwnStaging): void {
    if (change === 'new' && !own.entities.has(entity)) this.made.add(entity);
    if (change === 'removed' && !own.removed.has(entity)) this.removed.add(entity);
    if (change === 'changed' && own.removed.has(entity)) this.kept.add(entity);
  }

  /** What is done to an entity once it is written is not theirs. */
  forget(entity: object, change: Change): void {
    if (change === 'changed') this.made.delete(entity);
    else if (change === 'new') this.removed.delete(entity);
  }

  /** Adds what they did later. */
  absorb(later: ByHooks): void {
    for (const entity of later.made) this.made.add(entity);
    for (const entity of later.removed) this.removed.add(entity);
    for (const entity of later.kept) this.kept.add(entity);
    this.assignments.absorb(later.assignments);
    this.lists.absorb(later.lists);
  }

  /** Forgets about all other entities. */
  keepOnly(entities: ReadonlySet<object>): void {
    for (const known of [this.made, this.removed, this.kept])
      for (const entity of known) if (!entities.has(entity)) known.delete(entity);
  }
}
