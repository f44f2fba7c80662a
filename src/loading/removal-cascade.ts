import {
  type EntityMetadata,
  type EntityProperty,
  type FindOptions,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { changedFields } from '../mikro-orm/changed-fields.ts';
import { hasRow, isLoaded, keyOf, metaOf, rowKeyTextOf, targetOf } from '../mikro-orm/entity-state.ts';
import { decideRemovals, isHeldBack, removeAlone } from '../mikro-orm/held-back-removals.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import { findMembers } from '../mikro-orm/read-members.ts';
import { maxKeysPerQuery, rowKeyOf } from '../mikro-orm/row-keys.ts';
import { isCascadedFrom } from '../mikro-orm/taken-rows.ts';
import { ownFor } from '../unit-of-work/attach.ts';
import { membersOf, newWith, removedWith, removingIn } from '../unit-of-work/cascade.ts';
import {
  givenTo,
  isOnlyInRow,
  knownToGoWith,
  leave,
  reachedFrom,
  seenToGoWith,
  takeHold,
  type UnknownReach,
  unknownReach,
} from '../unit-of-work/removal-reach.ts';
import { isRemoved, isStagedToGo, removedEntities } from '../mikro-orm/staged.ts';
import {
  broughtBy,
  comeBack,
  removeBy,
  takeBackBrought,
  unstageBy,
} from '../unit-of-work/take-back-removals.ts';
import { removeAlong, removeTogether } from '../unit-of-work/remove-together.ts';
import { quietlyIn } from '../mikro-orm/watchers.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import { mayBeUpdated } from '../unit-of-work/unread-fields.ts';
import type { RowLoader } from './row-loader.ts';

/**
 * Stages with each removal those of the rows that belong to it, and were not loaded or may be others by now. MikroORM
 * removes with an object what is in its memory.
 */
export class RemovalCascade {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  #isCompleting = false;
  /** What was staged since the last look at it. */
  #brought: object[] = [];
  readonly #inKeys = new WeakMap<EntityMetadata, readonly KeyPart[]>();

  constructor(unit: UnitOfWork, loader: RowLoader) {
    [this.#unit, this.#loader] = [unit, loader];
    decideRemovals(unit.em, {
      remove: entity => {
        // What hooks remove while a flush is under way is completed before it is written.
        if (unit.isWriting && !this.#isCompleting) removeBy(unit.em, entity, entity, true);
        else removeTogether(unit, entity);
      },
      comeBack: entity => quietlyIn(unit.em, () => comeBack(unit.em, entity)),
      seenWith: entities => seenToGoWith(unit, entities),
      newWith: entity => newWith([entity]),
    });
  }

  /** Whether rows that belong to a removed entity have to be looked for. */
  isIncomplete(entity: object): boolean {
    if (!hasRow(entity)) return false;
    if (this.#keyedBy(metaOf(entity)).length > 0) return true;
    if (unknownReach(this.#unit, entity) !== undefined) return true;
    if (removingIn(metaOf(entity)).length === 0) return false;
    return [...knownToGoWith(this.#unit, entity)].some(one => unknownReach(this.#unit, one) !== undefined);
  }

  /** Completes all removals, or those that one brings with it. */
  async complete(only?: object): Promise<void> {
    if (only === undefined) this.#forgetUnfounded();
    this.#isCompleting = true;
    try {
      if (only === undefined) await this.#readUpdated();
      await this.#complete(only);
    } finally {
      this.#isCompleting = false;
    }
  }

  /** Reads what `update()` has given the rows that are to go: what is added again is what its row was. */
  async #readUpdated(): Promise<void> {
    const { em, expiry } = this.#unit;
    const rows = removedEntities(em).filter(one => hasRow(one) && mayBeUpdated(one) && !expiry.isFresh(one));
    if (rows.length > 0) await this.#loader.load([], rows);
  }

  /** Called when a flush has failed, or is undone: what was read may be another's by the next one, which reads it again. */
  doubt(): void {
    const { em, expiry } = this.#unit;
    for (const entity of removedEntities(em)) for (const one of reachedFrom(em, entity)) expiry.doubt(one);
  }

  /** Takes back what was completed for removals that are none any more, and what may be another's by now. */
  #forgetUnfounded(): void {
    const { em, expiry } = this.#unit;
    expiry.expireDoubted();
    takeBackBrought(em, (entity, cause) => isRemoved(em, cause) && expiry.isFresh(entity));
  }

  async #complete(only?: object): Promise<void> {
    const { em } = this.#unit;
    const done = new Set<object>();
    this.#brought =
      only === undefined
        ? []
        : [...Array.from(removedWith([only]), one => ownFor(em, one)), ...broughtBy(only)];
    for (;;) {
      // To look through all removals after each one would take a time that grows with the square of their number.
      const found = only === undefined ? removedEntities(em) : this.#brought;
      this.#brought = [];
      const open = found.filter(entity => !done.has(entity) && isRemoved(em, entity) && hasRow(entity));
      if (open.length === 0) return;
      this.#removeKeyed(new Set(open));
      // Nothing is staged yet of what goes with an orphan.
      for (const entity of open) if (removingIn(metaOf(entity)).length > 0) this.#removeWith(entity, entity);
      const unknown = new Map<object, UnknownReach>();
      for (const entity of open) {
        done.add(entity);
        const reach = unknownReach(this.#unit, entity);
        if (reach !== undefined) unknown.set(entity, reach);
        else if (isHeldBack(entity) && isStagedToGo(em, entity)) removeAlone(em, entity);
      }
      await this.#completeUnknown(unknown);
    }
  }

  async #completeUnknown(unknown: ReadonlyMap<object, UnknownReach>): Promise<void> {
    const { em, expiry } = this.#unit;
    const rows = [...unknown.values()].flatMap(reach => [...reach.rows]);
    for (const row of rows) this.#forget(row);
    await this.#loader.load([], rows);
    const owners = new Map<EntityProperty, object[]>();
    for (const [entity, { relations }] of unknown) {
      for (const prop of metaOf(entity).relations)
        leave(entity, prop, member => expiry.isDeleted(member) || isOfAnother(member, prop, entity));
      for (const prop of relations) owners.set(prop, [...(owners.get(prop) ?? []), entity]);
    }
    for (const [prop, all] of owners)
      for (let i = 0; i < all.length; i += maxKeysPerQuery)
        await this.#removeOf(prop, all.slice(i, i + maxKeysPerQuery));
    for (const [entity, { relations }] of unknown) {
      for (const prop of removingIn(metaOf(entity))) {
        for (const member of givenTo(this.#unit, entity, prop)) this.#removeWith(entity, member);
        for (const member of membersOf(entity, prop)) {
          // What has a row was found, or belongs to another one.
          if (!relations.includes(prop) || !hasRow(member)) this.#removeWith(entity, ownFor(em, member));
        }
      }
      if (isStagedToGo(em, entity)) removeAlone(em, entity);
    }
  }

  /** The relations by which loaded objects have one of a class in their key: the database deletes their rows with its own. */
  #keyedBy({ root }: EntityMetadata): readonly KeyPart[] {
    const { em } = this.#unit;
    let inKeys = this.#inKeys.get(root);
    if (inKeys === undefined) {
      inKeys = [...em.getMetadata().getAll().values()].flatMap(meta =>
        meta.relations
          .filter(prop => prop.primary === true && isCascadedFrom(prop, root))
          .map(({ name }) => ({ owners: meta.root, name })),
      );
      this.#inKeys.set(root, inKeys);
    }
    return inKeys.length === 0 ? inKeys : inKeys.filter(({ owners }) => !isEmpty(entitiesOf(em, owners)));
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
      if (!isRemoved(em, entity)) unstageBy(em, cause, entity);
      return;
    }
    this.#brought.push(...removeAlong(this.#unit, entity, cause));
  }
}

/** A relation that is a part of the key of a class. */
interface KeyPart {
  readonly owners: EntityMetadata;
  readonly name: string;
}

const OPTIONS = { refresh: true, flushMode: 'commit', filters: false } as FindOptions<object>;

/** Whether what is in a relation that has no column says that it is another's. */
function isOfAnother(member: object, { kind, mappedBy }: EntityProperty, entity: object): boolean {
  if (kind === ReferenceKind.MANY_TO_MANY || mappedBy === undefined || !isLoaded(member)) return false;
  return targetOf(member, { name: mappedBy }) !== entity;
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}
