import {
  type EntityMetadata,
  type EntityProperty,
  type FindOptions,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { hasRow, metaOf, rowKeyPart } from '../mikro-orm/entity-state.ts';
import { maxKeysPerQuery } from '../mikro-orm/row-keys.ts';
import { removedWith, removesWith } from '../unit-of-work/cascade.ts';
import { isRemoved, removedEntities } from '../mikro-orm/staged.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';

/**
 * Stages with each removal those of the rows that belong to it, and were not loaded or may be others by now. MikroORM
 * removes with an object only what is in its memory.
 */
export class RemovalCascade {
  readonly #unit: UnitOfWork;

  constructor(unit: UnitOfWork) {
    this.#unit = unit;
  }

  /** Whether rows that belong to an entity have to be looked for, to remove it. */
  isIncomplete(entity: object): boolean {
    return hasRow(entity) && this.#unknownOf(entity).length > 0;
  }

  async complete(): Promise<void> {
    const { em } = this.#unit;
    const done = new Set<object>();
    for (;;) {
      const open = removedEntities(em).filter(entity => !done.has(entity) && hasRow(entity));
      if (open.length === 0) return;
      const owners = new Map<EntityProperty, object[]>();
      for (const entity of open) {
        done.add(entity);
        for (const prop of this.#unknownOf(entity)) owners.set(prop, [...(owners.get(prop) ?? []), entity]);
      }
      for (const [prop, all] of owners)
        for (let i = 0; i < all.length; i += maxKeysPerQuery)
          await this.#removeOf(prop, all.slice(i, i + maxKeysPerQuery));
    }
  }

  /** The relations whose members go with an entity, and are not known. */
  #unknownOf(entity: object): EntityProperty[] {
    const { expiry } = this.#unit;
    return metaOf(entity).relations.filter(prop => {
      const isOther =
        prop.kind === ReferenceKind.ONE_TO_MANY || (prop.kind === ReferenceKind.ONE_TO_ONE && !prop.owner);
      if (!isOther || prop.mappedBy === undefined || !removesWith(prop)) return false;
      const value: unknown = Reflect.get(entity, prop.name);
      const isFresh = expiry.isFresh(
        prop.kind === ReferenceKind.ONE_TO_MANY ? (Object(value) as object) : entity,
      );
      return value === undefined || !isFresh;
    });
  }

  async #removeOf(prop: EntityProperty, owners: readonly object[]): Promise<void> {
    const { em, expiry } = this.#unit;
    const { class: type } = prop.targetMeta as EntityMetadata;
    const condition = { [prop.mappedBy]: { $in: owners.map(rowKeyOf) } };
    const found = await this.#unit.runRead(() => em.find(type, condition, OPTIONS));
    const going = new Set(owners);
    for (const member of found) {
      expiry.markFresh(member);
      const owner: unknown = Reference.unwrapReference(Reflect.get(member, prop.mappedBy) as object);
      // It may have been assigned to another owner since.
      if (!going.has(owner as object) || isRemoved(em, member)) continue;
      for (const one of removedWith(member)) em.remove(one);
    }
  }
}

const OPTIONS = { refresh: true, flushMode: 'commit', filters: false } as FindOptions<object>;

function rowKeyOf(entity: object): unknown {
  const parts = metaOf(entity).primaryKeys.map(name => rowKeyPart(entity, name));
  return parts.length === 1 ? parts[0] : parts;
}
