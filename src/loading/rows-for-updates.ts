import type { Collection, EntityMetadata } from '@mikro-orm/core';
import { changedFields, isDirty } from '../mikro-orm/changed-fields.ts';
import { collectionsOf } from '../mikro-orm/collections.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';
import { makersOf } from '../mikro-orm/generated-values.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import { type Hook, hooksHanded } from '../mikro-orm/project-hooks.ts';
import { isRemoved, removedEntities } from '../mikro-orm/staged.ts';
import { newEntities } from '../unit-of-work/cascade.ts';
import { dirtyEntities } from '../unit-of-work/changes.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import type { Foreseen } from './foreseen.ts';
import { Needs } from './needs.ts';
import type { RowLoader } from './row-loader.ts';

/** How often what was loaded may lead to more. */
const maxRounds = 100;

/**
 * Loads what code of a project looks at while rows are written: `onCreate()` and `onUpdate()` of properties, hooks and
 * subscribers. They cannot wait for what they read. The rows that are going to be updated or deleted are loaded, or read again,
 * and so is what the text of that code says that it reads besides. `concurrencyCheck()` compares with what was read, too, and
 * nobody has looked at what has expired.
 */
export class RowsForUpdates {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  readonly #foreseen: Foreseen;
  readonly #metadata: readonly EntityMetadata[];

  constructor(unit: UnitOfWork, loader: RowLoader, foreseen: Foreseen, metadata: readonly EntityMetadata[]) {
    [this.#unit, this.#loader, this.#foreseen, this.#metadata] = [unit, loader, foreseen, metadata];
  }

  async load(): Promise<void> {
    const { em } = this.#unit;
    const looking = this.#metadata.filter(
      meta => meta.concurrencyCheckKeys.size > 0 || this.#hooksOf(meta, 'changed').length > 0,
    );
    const roots = new Set(looking.map(({ root }) => root));
    const isWanted = (entity: object) =>
      this.#loader.needsLoad(entity) && !isRemoved(em, entity) && isDirty(em, entity);
    const updated = [...roots].flatMap(root => [...entitiesOf(em, root)].filter(isWanted));
    const deleted = removedEntities(em).filter(one => this.#hooksOf(metaOf(one), 'removed').length > 0);
    await this.#loader.load([], [...updated, ...deleted]);
    await this.#loadBesides();
  }

  #hooksOf(meta: EntityMetadata, change: Change): readonly Hook[] {
    const makers = { new: 'onCreate', changed: 'onUpdate', removed: undefined } as const;
    const maker = makers[change];
    return [
      ...hooksHanded(this.#unit.em, meta, change),
      ...(maker === undefined ? [] : makersOf(meta, maker)),
    ];
  }

  /** Loads what hooks read besides the rows that they are handed. */
  async #loadBesides(): Promise<void> {
    const { em } = this.#unit;
    const staged = { new: newEntities, changed: dirtyEntities, removed: removedEntities };
    const handed: (readonly [object, readonly Hook[]])[] = [];
    for (const change of ['new', 'changed', 'removed'] as const) {
      const far = new Map(this.#metadata.map(meta => [meta, this.#farHooksOf(meta, change)]));
      if (![...far.values()].some(hooks => hooks.length > 0)) continue;
      for (const entity of staged[change](em)) {
        const hooks = far.get(metaOf(entity)) ?? [];
        if (hooks.length > 0) handed.push([entity, hooks]);
      }
    }
    if (handed.length === 0) return;
    const isSettled = settledLists(this.#unit);
    for (let round = 0; round < maxRounds; round++) {
      const needs = new Needs();
      const add = this.#foreseen.adderForHooks(needs);
      for (const [entity, hooks] of handed) add(entity, hooks);
      // What is in the others is what was staged, and not yet in the database.
      for (const list of needs.collections)
        if (!isSettled(list)) {
          needs.collections.delete(list);
          if (list.isInitialized())
            for (const item of list.getItems(false))
              if (this.#loader.needsLoad(item) && !this.#unit.expiry.isDeleted(item)) needs.besides.add(item);
        }
      if (needs.isEmpty) return;
      await this.#loader.supply(needs, true);
    }
  }

  #farHooksOf(meta: EntityMetadata, change: Change): readonly Hook[] {
    return this.#hooksOf(meta, change).filter(hook =>
      this.#foreseen.isHookFar(meta.prototype as object, hook),
    );
  }
}

type Change = 'new' | 'changed' | 'removed';

/** Tells of which lists nothing is staged, so that the database says what is in them. */
function settledLists({ em }: UnitOfWork): (list: Collection<object>) => boolean {
  const isMoved = (entity: object) => {
    const { relations } = metaOf(entity);
    const changed = changedFields(em, entity);
    return (
      relations.some(({ name }) => changed.includes(name)) || collectionsOf(entity).some(one => one.isDirty())
    );
  };
  const moved = [...newEntities(em), ...removedEntities(em), ...dirtyEntities(em).filter(isMoved)];
  const roots = new Set(moved.map(entity => metaOf(entity).root));
  return list => !list.isDirty() && !roots.has((list.property.targetMeta as EntityMetadata).root);
}
