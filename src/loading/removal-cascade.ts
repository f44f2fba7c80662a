import {
  Collection,
  type EntityMetadata,
  type EntityProperty,
  type FindOptions,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { changedFields } from '../mikro-orm/changed-fields.ts';
import { hasRow, metaOf, rowKeyPart } from '../mikro-orm/entity-state.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import { maxKeysPerQuery } from '../mikro-orm/row-keys.ts';
import { isCascadedFrom } from '../mikro-orm/taken-rows.ts';
import { ownFor } from '../unit-of-work/attach.ts';
import { removedWith, removesWith } from '../unit-of-work/cascade.ts';
import { isRemoved, removedEntities } from '../mikro-orm/staged.ts';
import { removeBy } from '../unit-of-work/take-back-removals.ts';
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
    if (!hasRow(entity)) return false;
    return this.#unknownOf(entity).length > 0 || this.#keyedBy(metaOf(entity)).length > 0;
  }

  async complete(): Promise<void> {
    const { em } = this.#unit;
    const done = new Set<object>();
    for (;;) {
      const open = removedEntities(em).filter(entity => !done.has(entity) && hasRow(entity));
      if (open.length === 0) return;
      this.#removeKeyed(new Set(open));
      // What goes with an orphan MikroORM stages only in part.
      for (const entity of open) this.#removeWith(entity, entity);
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
      if (value instanceof Collection && value.isPartial()) return true;
      const isFresh = expiry.isFresh(
        prop.kind === ReferenceKind.ONE_TO_MANY ? (Object(value) as object) : entity,
      );
      return value === undefined || !isFresh;
    });
  }

  /** The relations by which loaded objects have one of a class in their key: the database deletes their rows with its own. */
  #keyedBy({ root }: EntityMetadata): { readonly owners: EntityMetadata; readonly name: string }[] {
    const { em } = this.#unit;
    const inKeys = [...em.getMetadata().getAll().values()].flatMap(meta =>
      meta.relations
        .filter(prop => prop.primary === true && isCascadedFrom(prop, root))
        .map(({ name }) => ({ owners: meta.root, name })),
    );
    return inKeys.filter(({ owners }) => !isEmpty(entitiesOf(em, owners)));
  }

  /** Stages the removal of what is loaded and has a removed object in its key, which would be part of no row. */
  #removeKeyed(removed: ReadonlySet<object>): void {
    const { em } = this.#unit;
    const classes = new Set([...removed].map(metaOf));
    for (const { owners, name } of [...classes].flatMap(meta => this.#keyedBy(meta)))
      for (const one of entitiesOf(em, owners)) {
        const held: unknown = hasRow(one) && Reference.unwrapReference(Reflect.get(one, name) as object);
        if (!removed.has(held as object) || isRemoved(em, one)) continue;
        // Its row has another key, and does not go with the removed one.
        if (changedFields(em, one).includes(name)) continue;
        this.#removeWith(held as object, one);
      }
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
      this.#removeWith(owner as object, member);
    }
  }

  /** Stages the removal of an entity because another one is removed, and of what goes with it, as far as that is loaded. */
  #removeWith(cause: object, entity: object): void {
    const { em } = this.#unit;
    for (const one of removedWith(entity)) {
      const own = ownFor(em, one);
      if (!isRemoved(em, own)) removeBy(em, cause, own);
    }
  }
}

const OPTIONS = { refresh: true, flushMode: 'commit', filters: false } as FindOptions<object>;

function rowKeyOf(entity: object): unknown {
  const parts = metaOf(entity).primaryKeys.map(name => rowKeyPart(entity, name));
  return parts.length === 1 ? parts[0] : parts;
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}
