import type { EntityMetadata } from '@mikro-orm/core';
import { isDirty } from '../mikro-orm/changed-fields.ts';
import { looksAtEntity } from '../mikro-orm/generated-values.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import { isRemoved } from '../mikro-orm/staged.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import type { RowLoader } from './row-loader.ts';

/**
 * Loads the rows that are going to be updated and are not loaded, where `onUpdate()` of a property looks at the whole
 * entity: it cannot wait for what it reads.
 */
export class RowsForUpdates {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  readonly #roots: ReadonlySet<EntityMetadata>;

  constructor(unit: UnitOfWork, loader: RowLoader, metadata: readonly EntityMetadata[]) {
    [this.#unit, this.#loader] = [unit, loader];
    this.#roots = new Set(metadata.filter(looksAtEntity).map(({ root }) => root));
  }

  async load(): Promise<void> {
    const { em } = this.#unit;
    const isWanted = (entity: object) =>
      this.#loader.needsLoad(entity) && !isRemoved(em, entity) && isDirty(em, entity);
    const wanted = [...this.#roots].flatMap(root => [...entitiesOf(em, root)].filter(isWanted));
    await this.#loader.load([], wanted);
  }
}
