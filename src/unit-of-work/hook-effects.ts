import { hasRow } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { hasHooks } from '../mikro-orm/project-hooks.ts';
import {
  persistedEntities,
  removedEntities,
  snapshotStaged,
  stageNew,
  stageRemoval,
} from '../mikro-orm/staged.ts';
import type { Journal } from './journal.ts';
import type { OwnStaging } from './by-hooks.ts';
import { removedWith } from './cascade.ts';
import { watchFields } from './hook-assignments.ts';
import { watchLists } from './hook-lists.ts';
import { keepStaging } from './kept-staging.ts';

/**
 * What hooks and subscribers of a project do while a flush is under way. What they stage with the `em` that they are given
 * MikroORM forgets together with what the flush has written.
 */
export class HookEffects {
  readonly #em: SqlEm;
  #own: OwnStaging | undefined;
  /** Notes what they have changed since. */
  #record: ((journal: Journal) => void) | undefined;
  #removals: ReadonlySet<object> = new Set();
  #added: readonly object[] = [];
  #removed: readonly object[] = [];

  constructor(em: SqlEm) {
    this.#em = em;
  }

  /** What there was when the flush under way began, where hooks may do more. */
  get own(): OwnStaging | undefined {
    return this.#own;
  }

  /** Called when a flush begins. @returns stages what is staged now, without what they do */
  begin(): () => void {
    if (!hasHooks(this.#em)) return snapshotStaged(this.#em);
    const { own, staged, restore } = keepStaging(this.#em);
    const removed = removedWith(removedEntities(this.#em));
    this.#own = { entities: own, removed };
    const assigned = watchFields(own, staged);
    const listed = watchLists(own);
    this.#record = ({ byHooks }) => {
      byHooks.assignments.record(assigned());
      byHooks.lists.record(listed());
    };
    return restore;
  }

  /** Whether they have removed something. */
  get haveRemoved(): boolean {
    const own = this.#own;
    return own !== undefined && removedEntities(this.#em).some(entity => !own.removed.has(entity));
  }

  /** Called when MikroORM knows what it will write. */
  onFlush(): void {
    this.#removals = new Set(removedEntities(this.#em));
  }

  /** Called when it is written. */
  afterFlush(): void {
    const added: object[] = [];
    for (const entity of persistedEntities(this.#em)) if (!hasRow(entity)) added.push(entity);
    this.#added = added;
    this.#removed = removedEntities(this.#em).filter(entity => hasRow(entity) && !this.#removals.has(entity));
    this.#removals = new Set();
  }

  /** Stages what they have staged again, and notes what they have assigned, once all is written. */
  restage(journal: Journal): void {
    this.#record?.(journal);
    for (const entity of this.#added) {
      stageNew(this.#em, entity);
      journal.byHooks.made.add(entity);
    }
    for (const entity of this.#removed) {
      stageRemoval(this.#em, entity);
      journal.byHooks.removed.add(entity);
    }
    [this.#added, this.#removed] = [[], []];
  }

  /** Called when the flush has ended. */
  end(): void {
    this.#own = undefined;
    this.#record = undefined;
  }
}
