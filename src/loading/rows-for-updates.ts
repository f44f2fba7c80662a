import type { EntityMetadata } from '@mikro-orm/core';
import { isDirty } from '../mikro-orm/changed-fields.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';
import { looksAtEntity } from '../mikro-orm/generated-values.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import { isHandedOver } from '../mikro-orm/project-hooks.ts';
import { isRemoved, removedEntities } from '../mikro-orm/staged.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import type { RowLoader } from './row-loader.ts';

/**
 * Loads the rows that are going to be written and are not loaded, or out of date, where code of a project looks at the whole
 * entity: `onUpdate()` of a property, hooks and subscribers. They cannot wait for what they read. `concurrencyCheck()` compares
 * with what was read, too, and nobody has looked at what has expired.
 */
export class RowsForUpdates {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  readonly #metadata: readonly EntityMetadata[];

  constructor(unit: UnitOfWork, loader: RowLoader, metadata: readonly EntityMetadata[]) {
    [this.#unit, this.#loader, this.#metadata] = [unit, loader, metadata];
  }

  async load(): Promise<void> {
    const { em } = this.#unit;
    const isLooking = (meta: EntityMetadata) =>
      looksAtEntity(meta) || meta.concurrencyCheckKeys.size > 0 || isHandedOver(em, meta, 'updated');
    const looking = this.#metadata.filter(isLooking);
    const roots = new Set(looking.map(({ root }) => root));
    const isWanted = (entity: object) =>
      this.#loader.needsLoad(entity) && !isRemoved(em, entity) && isDirty(em, entity);
    const updated = [...roots].flatMap(root => [...entitiesOf(em, root)].filter(isWanted));
    const deleted = removedEntities(em).filter(entity => isHandedOver(em, metaOf(entity), 'deleted'));
    await this.#loader.load([], [...updated, ...deleted]);
  }
}
