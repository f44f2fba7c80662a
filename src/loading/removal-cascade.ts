import {
  type EntityMetadata,
  type EntityProperty,
  type FindOptions,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { changedFields } from '../mikro-orm/changed-fields.ts';
import { hasRow, keyOf, metaOf, rowKeyTextOf, targetOf } from '../mikro-orm/entity-state.ts';
import { holdBackRemovals, removeAlone, removeWithAll } from '../mikro-orm/held-back-removals.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import { findMembers } from '../mikro-orm/read-members.ts';
import { maxKeysPerQuery, rowKeyOf } from '../mikro-orm/row-keys.ts';
import { isCascadedFrom } from '../mikro-orm/taken-rows.ts';
import { ownFor } from '../unit-of-work/attach.ts';
import { removedWith, removesWith } from '../unit-of-work/cascade.ts';
import {
  isOnlyInRow,
  knownToGoWith,
  leave,
  membersOf,
  takeHold,
  type UnknownReach,
  unknownReach,
} from '../unit-of-work/removal-reach.ts';
import { isRemoved, isStagedToGo, removedEntities } from '../mikro-orm/staged.ts';
import { removeBy } from '../unit-of-work/take-back-removals.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import type { RowLoader } from './row-loader.ts';

/**
 * Stages with each removal those of the rows that belong to it, and were not loaded or may be others by now. MikroORM
 * removes with an object what is in its memory.
 */
export class RemovalCascade {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  /** Those of which all is staged that goes with them. */
  #complete = new WeakSet<object>();

  constructor(unit: UnitOfWork, loader: RowLoader) {
    [this.#unit, this.#loader] = [unit, loader];
    // Hooks cannot wait: what they remove while a flush is under way takes with it what is in memory.
    holdBackRemovals(unit.em, entity =>
      unit.isWriting ? this.#complete.has(entity) : unknownReach(unit, entity) !== undefined,
    );
  }

  /** Whether rows that belong to a removed entity have to be looked for. */
  isIncomplete(entity: object): boolean {
    if (!hasRow(entity)) return false;
    if (this.#keyedBy(metaOf(entity)).length > 0) return true;
    return [...knownToGoWith(this.#unit, entity)].some(one => unknownReach(this.#unit, one) !== undefined);
  }

  /** Completes all removals, or those that one brings with it. */
  async complete(only?: object): Promise<void> {
    const { em } = this.#unit;
    if (only === undefined) this.#complete = new WeakSet();
    const done = new Set(only === undefined ? [] : removedEntities(em));
    if (only !== undefined) for (const one of removedWith(only)) done.delete(ownFor(em, one));
    for (;;) {
      const open = removedEntities(em).filter(entity => !done.has(entity) && hasRow(entity));
      if (open.length === 0) return;
      this.#removeKeyed(new Set(open));
      // What goes with an orphan MikroORM stages only in part.
      for (const entity of open) this.#removeWith(entity, entity);
      const unknown = new Map<object, UnknownReach>();
      for (const entity of open) {
        done.add(entity);
        const reach = unknownReach(this.#unit, entity);
        if (reach !== undefined) unknown.set(entity, reach);
      }
      await this.#completeUnknown(unknown);
    }
  }

  async #completeUnknown(unknown: ReadonlyMap<object, UnknownReach>): Promise<void> {
    const { em, expiry } = this.#unit;
    const rows = [...unknown.values()].flatMap(reach => reach.rows);
    for (const row of rows) this.#forget(row);
    await this.#loader.load([], rows);
    const owners = new Map<EntityProperty, object[]>();
    for (const [entity, { relations }] of unknown) {
      for (const prop of metaOf(entity).relations) leave(entity, prop, member => expiry.isDeleted(member));
      for (const prop of relations) owners.set(prop, [...(owners.get(prop) ?? []), entity]);
    }
    for (const [prop, all] of owners)
      for (let i = 0; i < all.length; i += maxKeysPerQuery)
        await this.#removeOf(prop, all.slice(i, i + maxKeysPerQuery));
    for (const [entity, { relations }] of unknown) {
      this.#complete.add(entity);
      for (const prop of metaOf(entity).relations.filter(removesWith))
        for (const member of membersOf(entity, prop)) {
          // What has a row was found, or belongs to another one.
          if (!relations.includes(prop) || !hasRow(member)) this.#removeWith(entity, ownFor(em, member));
        }
      if (isStagedToGo(em, entity)) removeAlone(em, entity);
    }
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
    if (prop.kind === ReferenceKind.MANY_TO_MANY) {
      const found = await this.#unit.runRead(() => findMembers(em, prop, owners));
      for (const owner of owners)
        for (const member of found.get(rowKeyTextOf(owner)) ?? [])
          this.#removeWith(owner, em.getReference(type, keyOf(member) as never));
      return;
    }
    const condition = { [prop.mappedBy]: { $in: owners.map(rowKeyOf) } };
    const found = await this.#unit.runRead(() => em.find(type, condition, OPTIONS));
    const [going, members] = [new Set(owners), new Set(found)];
    for (const owner of owners)
      leave(owner, prop, one => {
        if (members.has(one) || !isOnlyInRow(em, one, prop.mappedBy)) return false;
        this.#forget(one);
        return true;
      });
    for (const member of found) {
      expiry.markFresh(member);
      // Also where the removal has let go of it. It may have been assigned to another owner since.
      const owner = targetOf(member, { name: prop.mappedBy });
      if (owner !== undefined && going.has(owner)) this.#removeWith(owner, member);
    }
  }

  /** Has a row be read again, whose owner is not known. */
  #forget(row: object): void {
    takeHold(this.#unit.em, row);
    this.#unit.expiry.expire(row);
  }

  /** Stages the removal of an entity because another one is removed, and of what goes with it, as far as that is known. */
  #removeWith(cause: object, entity: object): void {
    const { em } = this.#unit;
    if (!hasRow(entity)) {
      // What is new is unstaged, with what is new and goes with it.
      if (!isRemoved(em, entity)) removeWithAll(em, entity);
      return;
    }
    for (const one of knownToGoWith(this.#unit, entity)) {
      const own = ownFor(em, one);
      if (!isRemoved(em, own)) removeBy(em, cause, own);
    }
  }
}

const OPTIONS = { refresh: true, flushMode: 'commit', filters: false } as FindOptions<object>;

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}
