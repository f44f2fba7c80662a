import { type EntityMetadata, type EntityProperty, type FindOptions, Reference } from '@mikro-orm/core';
import type { Expiry } from '../identity-map/expiry.ts';
import { changedFields } from '../mikro-orm/changed-fields.ts';
import { hasRow, keyOf, metaOf, rowKeyTextOf, targetOf } from '../mikro-orm/entity-state.ts';
import { markAssigned } from '../mikro-orm/keep-assigned.ts';
import { stageOrphan, unstageOrphan } from '../mikro-orm/orphans.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { forgetField } from '../mikro-orm/revert.ts';
import { maxKeysPerQuery, rowKeyOf } from '../mikro-orm/row-keys.ts';
import { isRemoved } from '../mikro-orm/staged.ts';
import { columnOf } from '../mikro-orm/taken-places.ts';
import { LeftOwners } from './left-owners.ts';
import type { TakenPlace } from '../mikro-orm/watchers.ts';
import { isTracked } from './object-states.ts';

interface Session {
  readonly em: SqlEm;
  readonly expiry: Expiry;
  /** Whether a flush is under way. */
  readonly isWriting: boolean;
  runRead<T>(query: () => Promise<T>): Promise<T>;
}

interface Taken {
  /** The relation without the column. */
  readonly prop: EntityProperty;
  /** Whose places it is about, and what those were given at their own side; undefined if they were not. */
  readonly owners: Map<object, object | null | undefined>;
  /** What memory had in a place, and would be written as having none, with the owner of that. */
  readonly displaced: Map<object, object>;
}

/**
 * The places on the side of one-to-one relations without a column that were given to others while it was not known who has
 * them. An assignment cannot wait for that, so the flush looks: a row that is in such a place no more is left alone.
 */
export class TakenPlaces {
  readonly #session: Session;
  readonly leftOwners: LeftOwners;
  /** By the classes and names of the relations with the columns. */
  readonly #taken = new Map<string, Taken>();

  constructor(session: Session) {
    this.#session = session;
    this.leftOwners = new LeftOwners(session);
  }

  /** Called after a one-to-one relation of an entity was assigned, which may have taken a place. */
  note(entity: object, assigned: EntityProperty, place: TakenPlace | undefined): void {
    // What is assigned itself is meant. A flush that has failed assigns again what was staged.
    if (assigned.owner && !this.#session.isWriting)
      this.#taken.get(`${metaOf(entity).root.className}.${assigned.name}`)?.displaced.delete(entity);
    if (place === undefined || !this.#isInDoubt(place)) return;
    const { owner, prop, before, isStaged, given } = place;
    const name = nameOf(prop);
    const taken = this.#taken.get(name) ?? { prop, owners: new Map(), displaced: new Map() };
    this.#taken.set(name, taken);
    taken.owners.set(owner, given);
    if (before !== undefined && before !== given && !isStaged) taken.displaced.set(before, owner);
  }

  /** Whether an object was given one at its side without the column, or none. */
  isGiven(owner: object, prop: EntityProperty): boolean {
    return this.#taken.get(nameOf(prop))?.owners.get(owner) !== undefined;
  }

  #isInDoubt({ owner, prop, before }: TakenPlace): boolean {
    const { em, expiry } = this.#session;
    if (!isTracked(em, owner) || columnOf(prop).primary === true) return false;
    return (
      !expiry.isFresh(owner) || (before !== undefined && isTracked(em, before) && !expiry.isFresh(before))
    );
  }

  /** Called when what was assigned to an entity is taken back; to all, without one. */
  forget(entity?: object): void {
    this.leftOwners.forget(entity);
    if (entity === undefined) return this.#taken.clear();
    for (const { owners, displaced } of this.#taken.values())
      for (const [owner, given] of owners)
        if (owner === entity || given === entity || displaced.get(entity) === owner)
          owners.set(owner, undefined);
  }

  /**
   * Looks who has the places, and lets alone what has none of them any more.
   *
   * @returns to be called when that is written
   */
  async settle(): Promise<() => void> {
    const settled = [...this.#taken];
    for (const [, taken] of settled) {
      const holders = await this.#holders(taken);
      for (const [one, owner] of taken.displaced) this.#settleDisplaced(one, taken, holders.get(owner));
      for (const [owner, given] of taken.owners)
        if (given !== undefined) this.#settleGiven(owner, given, taken, holders.get(owner));
    }
    const left = await this.leftOwners.settle();
    return () => {
      left();
      for (const [name] of settled) this.#taken.delete(name);
    };
  }

  /** Who is in a place no more is not written, and read again. */
  #settleDisplaced(one: object, { prop }: Taken, holder: object | undefined): void {
    const { em, expiry } = this.#session;
    const column = columnOf(prop);
    if (!isTracked(em, one) || isSameRow(one, holder) || targetOf(one, column) !== undefined) return;
    forgetField(one, column);
    expiry.expire(one);
    if (prop.orphanRemoval === true) unstageOrphan(em, one);
  }

  /** What a place was given is written, whatever memory says, and who has come there since gives it up. */
  #settleGiven(owner: object, given: object | null, { prop }: Taken, holder: object | undefined): void {
    const { em } = this.#session;
    const { name } = columnOf(prop);
    if (!isTracked(em, owner) || (targetOf(owner, prop) ?? null) !== given) return;
    if (given !== null && isSameRow(given, holder)) return;
    if (given !== null && isTracked(em, given)) markAssigned(em, given, [name]);
    if (holder === undefined) return;
    const { class: type } = prop.targetMeta as EntityMetadata;
    const other = em.getReference(type, keyOf(holder) as never) as object;
    if (isRemoved(em, other) || changedFields(em, other).includes(name)) return;
    if (prop.orphanRemoval === true) stageOrphan(em, other);
    else Reflect.set(other, name, null);
  }

  /** Who has the places, in objects of their own, by the owners. */
  async #holders({ prop, owners: all }: Taken): Promise<Map<object, object>> {
    const { em } = this.#session;
    const { class: type, primaryKeys } = prop.targetMeta as EntityMetadata;
    const { name } = columnOf(prop);
    const options = { ...OPTIONS, fields: [...primaryKeys, name] } as unknown as FindOptions<object>;
    const owners = new Map([...all.keys()].filter(hasRow).map(owner => [rowKeyTextOf(owner), owner]));
    const keys = Array.from(owners.values(), rowKeyOf);
    const found = new Map<object, object>();
    for (let i = 0; i < keys.length; i += maxKeysPerQuery) {
      const condition = { [name]: { $in: keys.slice(i, i + maxKeysPerQuery) } };
      for (const row of await this.#session.runRead(() => em.find(type, condition, options))) {
        const owner = owners.get(rowKeyTextOf(Reference.unwrapReference(Reflect.get(row, name) as object)));
        if (owner !== undefined) found.set(owner, row);
      }
    }
    return found;
  }
}

function nameOf(prop: EntityProperty): string {
  return `${prop.targetMeta?.root.className}.${columnOf(prop).name}`;
}

function isSameRow(entity: object, row: object | undefined): boolean {
  return row !== undefined && hasRow(entity) && rowKeyTextOf(entity) === rowKeyTextOf(row);
}

const OPTIONS = { disableIdentityMap: true, flushMode: 'commit', filters: false };
