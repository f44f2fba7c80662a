import { MikroscopeError } from '../errors.ts';
import { forEachCollection, initializeEmpty } from '../mikro-orm/collections.ts';
import { hasRow, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { persist } from '../mikro-orm/staged.ts';
import { assertNoView } from '../mikro-orm/views.ts';
import { watchStaged } from '../mikro-orm/watchers.ts';
import { assertEntity } from '../entity/assert-entity.ts';
import { assertOwn, attach, expunge, rejoin, replaceReferences } from './attach.ts';
import { expungeNew } from './expunge.ts';
import type { MappedClasses } from '../entity/mapped-classes.ts';
import { adoptReferences } from '../identity-map/adopt.ts';
import { unstagedFrom } from './cascade.ts';
import { forgetDeletion } from './deletions.ts';
import { assertTracked, isDetached, isPending, isTracked } from './object-states.ts';
import { relink } from './links-again.ts';
import { removeTogether } from './remove-together.ts';
import { letStay } from './take-back-removals.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import { assertRead } from './unread-fields.ts';

/** Adds entities to the session and takes them out of it, one at a time. */
export class Staging {
  readonly #em: SqlEm;
  readonly #unit: UnitOfWork;
  readonly #classes: MappedClasses;

  constructor(unit: UnitOfWork, classes: MappedClasses) {
    this.#em = unit.em;
    this.#unit = unit;
    this.#classes = classes;
  }

  /**
   * Stages an entity.
   *
   * @throws MikroscopeError `BadArgument` for anything else, for a view's, or for what belongs elsewhere, `ObjectDeleted` for what
   * was not read as a whole before its row was deleted
   */
  add(entity: object): void {
    this.#stage(assertEntity(this.#classes, 'add', entity));
  }

  /** Stages several entities, or none. @throws MikroscopeError `BadArgument` if one of them is not an entity */
  addAll(entities: Iterable<object>): void {
    if (typeof entities !== 'object' || entities === null || !(Symbol.iterator in entities)) {
      throw new MikroscopeError(
        'BadArgument',
        'addAll() takes a list of entities',
        'Write addAll([a, b]), or add(a) for one.',
      );
    }
    const all = Array.from(entities, entity => assertEntity(this.#classes, 'addAll', entity));
    for (const entity of all) this.#stage(entity);
  }

  #stage(entity: object): void {
    assertNoView(metaOf(entity));
    assertOwn(this.#em, entity);
    if (hasRow(entity) && isDetached(this.#em, entity)) attach(this.#em, entity);
    const unstaged = unstagedFrom(this.#em, entity);
    if (unstaged === undefined) {
      assertRead(entity);
      return this.#stageOne(entity);
    }
    for (const one of unstaged.keys()) assertRead(one);
    for (const [one, around] of unstaged) this.#stageOne(one, around);
  }

  /** @param around what it leads to */
  #stageOne(entity: object, around: readonly object[] = []): void {
    relink(entity);
    forgetDeletion(entity);
    letStay(this.#em, entity);
    adoptReferences(this.#em, entity);
    if (!hasRow(entity)) {
      emptyUnloaded(entity);
      watchStaged(this.#em, entity);
    }
    for (const neighbour of around) {
      rejoin(this.#em, neighbour, entity);
      // What has a row leads to what it led to before that was removed.
      if (!hasRow(entity)) letStay(this.#em, neighbour);
    }
    persist(this.#em, entity);
  }

  /**
   * Stages a deletion.
   *
   * @returns the entity
   * @throws MikroscopeError `BadArgument` for anything but an entity that has a row, and where the session has another object
   * for that
   */
  remove(entity: object): object {
    const real = assertEntity(this.#classes, 'remove', entity);
    assertNoView(metaOf(real));
    assertOwn(this.#em, real);
    const { className } = metaOf(real);
    if (isPending(this.#em, real)) {
      throw new MikroscopeError(
        'BadArgument',
        `This ${className} is not in the database yet`,
        'expunge() unstages it.',
      );
    }
    if (!hasRow(real)) {
      throw new MikroscopeError(
        'BadArgument',
        `This ${className} is not in the database`,
        'Only what was loaded or committed can be removed.',
      );
    }
    if (isDetached(this.#em, real)) attach(this.#em, real);
    removeTogether(this.#unit, real);
    return real;
  }

  /** @returns the entity */
  expunge(entity: object): object {
    const real = assertEntity(this.#classes, 'expunge', entity);
    if (hasRow(real)) {
      expunge(this.#em, real);
      replaceReferences(this.#em, real);
    } else expungeNew(this.#em, real);
    return real;
  }

  /** Takes all entities out of the session. */
  clear(): void {
    for (const entity of entitiesIn(this.#em)) expunge(this.#em, entity);
    this.#em.clear();
  }

  has(entity: object): boolean {
    if (!this.#classes.isEntity(entity)) return false;
    return isTracked(this.#em, entity) || isPending(this.#em, entity);
  }

  /** The entity, if the session tracks it. @throws MikroscopeError `Detached` if not */
  tracked(method: string, entity: object): object {
    const real = assertEntity(this.#classes, method, entity);
    assertTracked(this.#em, real);
    return real;
  }
}

/** The collections of a new row are empty. An entity that was loaded, removed and added again may not have loaded them. */
function emptyUnloaded(entity: object): void {
  forEachCollection(entity, list => {
    if (!list.isInitialized()) initializeEmpty(list);
  });
}
