import type { EntityProperty, FindOptions } from '@mikro-orm/core';
import { assignedTo } from '../mikro-orm/assigned-targets.ts';
import { changedFields } from '../mikro-orm/changed-fields.ts';
import { hasRow, keyOf, metaOf, rowKeyTextOf, targetOf } from '../mikro-orm/entity-state.ts';
import { otherSide, stageOrphan, unstageOrphan } from '../mikro-orm/orphans.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { byKeys, maxKeysPerQuery } from '../mikro-orm/row-keys.ts';
import { isOrphan } from '../mikro-orm/staged.ts';
import { isTracked } from './object-states.ts';

interface Session {
  readonly em: SqlEm;
  runRead<T>(query: () => Promise<T>): Promise<T>;
}

interface Left {
  /** What memory had in the relation. */
  readonly before: object | undefined;
  /** Whether the object has been given an owner. */
  readonly hasOwner: boolean;
  /** Whether the object was given an owner, and taken from that again. */
  readonly wasGiven: boolean;
  /** When that was first noted. */
  readonly since: number;
}

const ofManager = new WeakMap<SqlEm, LeftOwners>();

/** Those of an EntityManager, once something has left an owner there. */
export function leftOwnersOf(em: SqlEm): LeftOwners | undefined {
  return ofManager.get(em);
}

/**
 * The owners that objects were taken from while it was not known which these were, by relations that remove orphans. An
 * assignment cannot wait for that, so the flush looks: an orphan is what the row says, whatever was read before.
 */
export class LeftOwners {
  readonly #session: Session;
  readonly #left = new Map<EntityProperty, Map<object, Left>>();
  /** When it was last said that an object is to stay. */
  readonly #kept = new Map<object, number>();
  #now = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Called when a relation of an object was assigned that has the column, and it is not known what its row has there. */
  note(entity: object, prop: EntityProperty, before: object | undefined): void {
    ofManager.set(this.#session.em, this);
    const noted = this.#left.get(prop) ?? new Map<object, Left>();
    this.#left.set(prop, noted);
    const hasOwner = targetOf(entity, prop) !== undefined;
    const known = noted.get(entity) ?? { before, hasOwner: false, wasGiven: false, since: this.#now++ };
    if (known.hasOwner && !hasOwner) this.#kept.delete(entity);
    noted.set(entity, { ...known, hasOwner, wasGiven: known.wasGiven || (known.hasOwner && !hasOwner) });
  }

  get isEmpty(): boolean {
    return this.#left.size === 0;
  }

  /** Called when an object is to stay: what it has left before does not make it an orphan. */
  keep(entity: object): void {
    if (!this.isEmpty) this.#kept.set(entity, this.#now++);
  }

  #isKept(entity: object, { since }: Left): boolean {
    return (this.#kept.get(entity) ?? -1) > since;
  }

  /** Called when what was assigned to an object is taken back; to all, without one. */
  forget(entity?: object): void {
    if (entity === undefined) {
      this.#left.clear();
      this.#kept.clear();
    } else for (const noted of this.#left.values()) noted.delete(entity);
  }

  /** Looks who the owners are. @returns to be called when that is written */
  async settle(): Promise<() => void> {
    const { em } = this.#session;
    const settled = [...this.#left];
    for (const [prop, noted] of settled) {
      const open = [...noted.keys()].filter(
        one => isTracked(em, one) && changedFields(em, one).includes(prop.name),
      );
      const rows = new Map<string, object>();
      for (const same of Map.groupBy(open, metaOf).values())
        for (const row of await this.#rowsOf(prop, same)) rows.set(rowKeyTextOf(row), row);
      for (const one of open) this.#settle(one, prop, noted.get(one) as Left, rows.get(rowKeyTextOf(one)));
    }
    return () => {
      for (const [prop] of settled) this.#left.delete(prop);
      if (this.isEmpty) this.#kept.clear();
    };
  }

  #settle(entity: object, prop: EntityProperty, left: Left, row: object | undefined): void {
    const { em } = this.#session;
    const { before, wasGiven } = left;
    const owner = row && targetOf(row, prop);
    if (otherSide(prop)?.orphanRemoval === true && Reflect.get(entity, prop.name) === null) {
      if (owner !== undefined && !this.#isKept(entity, left)) stageOrphan(em, entity);
      else if (!wasGiven && isOrphan(em, entity)) unstageOrphan(em, entity);
    }
    if (prop.orphanRemoval !== true) return;
    const now = targetOf(entity, prop);
    if (before !== undefined && isOrphan(em, before) && !isSameRow(before, owner)) unstageOrphan(em, before);
    if (owner === undefined || (now !== undefined && isSameRow(now, owner))) return;
    const target = em.getReference(metaOf(owner).class, keyOf(owner) as never) as object;
    if (!this.#isKept(target, left) && !isTakenBy(target, prop, entity)) stageOrphan(em, target);
  }

  /** The rows of objects of a class, in objects of their own. */
  async #rowsOf({ name }: EntityProperty, entities: readonly object[]): Promise<object[]> {
    const { em } = this.#session;
    const meta = metaOf(entities[0] as object);
    const options = { ...OPTIONS, fields: [...meta.primaryKeys, name] } as unknown as FindOptions<object>;
    const found: object[] = [];
    for (let i = 0; i < entities.length; i += maxKeysPerQuery) {
      const condition = byKeys(meta, entities.slice(i, i + maxKeysPerQuery));
      found.push(...(await this.#session.runRead(() => em.find(meta.class, condition, options))));
    }
    return found;
  }
}

/** Whether something else than an object has what a relation of that led to, in memory. */
function isTakenBy(target: object, prop: EntityProperty, entity: object): boolean {
  const side = otherSide(prop);
  if (side === undefined) return false;
  // What is new is at the other side alone.
  const holders = [targetOf(target, side), ...assignedTo(target, side)];
  return holders.some(one => one !== undefined && one !== entity);
}

function isSameRow(entity: object, row: object | undefined): boolean {
  return row !== undefined && hasRow(entity) && rowKeyTextOf(entity) === rowKeyTextOf(row);
}

const OPTIONS = { disableIdentityMap: true, flushMode: 'commit', filters: false };
