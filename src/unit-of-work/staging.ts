import { MikroscopeError } from '../errors.ts';
import { collectionsOf, initializeEmpty } from '../mikro-orm/collections.ts';
import { hasRow, isManagedBy, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { isPersisted } from '../mikro-orm/staged.ts';
import { assertEntity } from '../entity/assert-entity.ts';
import { assertOwn, attach, expunge, expungeNew, notInDatabase, replaceReferences } from './attach.ts';
import { newEntities, unstagedFrom } from './changes.ts';
import type { Reader } from '../loading/reader.ts';

/** What comes into the session and goes out of it, one entity at a time. */
export class Staging {
  readonly #em: SqlEm;
  readonly #reader: Reader;
  /** What was in the session and is no longer. */
  readonly #detached: WeakSet<object>;

  constructor(em: SqlEm, reader: Reader, detached: WeakSet<object>) {
    this.#em = em;
    this.#reader = reader;
    this.#detached = detached;
  }

  add(entity: object): void {
    const real = assertEntity(this.#reader, 'add', entity);
    assertOwn(this.#em, real);
    if (this.#detached.has(real)) attach(this.#em, real);
    this.#detached.delete(real);
    for (const one of unstagedFrom(this.#em, real)) {
      this.#reader.adopt(one);
      if (!hasRow(one)) emptyUnloaded(one);
      this.#em.persist(one);
    }
  }

  addAll(entities: Iterable<object>): void {
    if (typeof entities !== 'object' || entities === null || !(Symbol.iterator in entities)) {
      throw new MikroscopeError(
        'BadArgument',
        'addAll() takes a list of entities',
        'Write addAll([a, b]), or add(a) for one.',
      );
    }
    const all = [...entities];
    for (const entity of all) assertEntity(this.#reader, 'addAll', entity);
    for (const entity of all) this.add(entity);
  }

  remove(entity: object): void {
    const real = assertEntity(this.#reader, 'remove', entity);
    assertOwn(this.#em, real);
    if (!hasRow(real)) throw notInDatabase(this.#em, real);
    this.#em.remove(real);
  }

  expunge(entity: object): void {
    const real = assertEntity(this.#reader, 'expunge', entity);
    if (!hasRow(real)) return expungeNew(this.#em, real);
    expunge(this.#em, real);
    this.#detached.add(real);
    replaceReferences(this.#em, real);
  }

  /** Takes everything out. */
  clear(): void {
    for (const entity of entitiesIn(this.#em)) {
      this.#detached.add(entity);
      expunge(this.#em, entity);
    }
    this.#em.clear();
  }

  has(entity: object): boolean {
    if (!this.#reader.isEntity(entity)) return false;
    if (isPersisted(this.#em, entity) || isManagedBy(this.#em, entity)) return true;
    return !hasRow(entity) && newEntities(this.#em).includes(entity);
  }

  /** The entity, if it is managed here. @throws MikroscopeError `Detached` */
  managed(method: string, entity: object): object {
    const real = assertEntity(this.#reader, method, entity);
    if (isManagedBy(this.#em, real)) return real;
    throw new MikroscopeError(
      'Detached',
      `This ${metaOf(real).className} is not in the session`,
      'add() it, or merge() it if it is detached.',
    );
  }
}

/** A new row has nothing in its lists; what was loaded, removed and added again may have some that were never loaded. */
function emptyUnloaded(entity: object): void {
  for (const list of collectionsOf(entity)) if (!list.isInitialized()) initializeEmpty(list);
}
