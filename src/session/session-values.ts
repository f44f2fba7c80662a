import type { EntityClass } from '@mikro-orm/core';
import { takingFields } from '../entity/construct.ts';
import { type HiddenProperties, hiddenProperties } from '../entity/hidden.ts';
import { embeddableClasses, entityClasses, type EntitySummary, summarize } from '../entity/entity-classes.ts';
import type { Look } from '../loading/looks.ts';
import { beforeEachRow } from '../mikro-orm/before-each-row.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { assertNoList, isQuery, type Query } from '../query/query.ts';
import { explainedElsewhere } from '../unit-of-work/explain-calls.ts';
import type { PlainCode } from '../unit-of-work/watch-objects.ts';
import type { SessionParts } from './compose.ts';
import { describeEntity, type EntityDescription } from './describe-entity.ts';

/** The side of a session that a shell reads values through: what they are to it, and what their properties hold. */
export class SessionValues {
  /** MikroORM's EntityManager, on which everything here is built. What it writes is in the session's transaction. */
  readonly em: SqlEm;
  /** The classes of the entities that can be queried, by name. */
  readonly entities: Readonly<Record<string, EntityClass<object>>>;
  /** The classes of the values that entities embed, by name. */
  readonly embeddables: Readonly<Record<string, EntityClass<object>>>;
  readonly #parts: SessionParts;
  readonly #descriptions = new WeakMap<object, EntityDescription>();

  protected constructor(parts: SessionParts) {
    this.#parts = parts;
    this.em = parts.em;
    this.entities = entityClasses(parts.metadata);
    this.embeddables = embeddableClasses(parts.metadata);
  }

  /** The entities that can be queried, in alphabetical order, with what a list of them shows. */
  get entitySummaries(): EntitySummary[] {
    return summarize(this.#parts.metadata);
  }

  /** The properties that are never shown, such as `password`, and what they hold in the loaded and staged objects. */
  get hidden(): HiddenProperties {
    return hiddenProperties(this.em);
  }

  /**
   * Reads `object[key]`, of any value whatever. A property of an entity or a collection that is not loaded, or that has
   * expired, is loaded first; of a class of entities, `query` is a new query.
   *
   * @returns the value, or a promise of it if it has to be loaded
   * @throws MikroscopeError `Detached` if it has to be loaded and the object is not in the session, `UnknownProperty` for
   * a name that the entity does not have. The promise also rejects with `ObjectDeleted` if the row is gone, and with what
   * the flush before the query throws.
   *
   * @example
   * const post = await session.query(Post).firstOrFail();
   * const author = await session.read(post, 'author');
   */
  read(object: unknown, key: PropertyKey): unknown {
    assertNoList(object, key);
    return this.#parts.reader.read(object, key);
  }

  /**
   * Reads `object[key]` in code that cannot wait.
   *
   * @throws MikroscopeError `NotLoaded` if it has to be loaded, or as {@link read} does
   */
  readSync(object: unknown, key: PropertyKey): unknown {
    assertNoList(object, key);
    return this.#parts.reader.readSync(object, key);
  }

  /**
   * What an assignment to `object[key]` is to be made to: the object itself, or the entity that a reference stands for. A
   * list of an entity is loaded first, so that it is known what another one takes the place of.
   *
   * @returns the object, or a promise of it if something has to be loaded
   * @throws MikroscopeError `UnknownProperty` for a name that the entity does not have
   *
   * @example
   * const target = await session.target(user, 'posts');
   * target.posts = [first, second];
   */
  target(object: unknown, key: PropertyKey): unknown {
    return this.#parts.reader.target(object, key);
  }

  /** {@link target} in code that cannot wait. @throws MikroscopeError `NotLoaded` if something has to be loaded */
  targetSync(object: unknown, key: PropertyKey): unknown {
    return this.#parts.reader.targetSync(object, key);
  }

  /** Whether reading a property of a value is nothing but that: it is no entity, collection, query or class. */
  isPlain(value: unknown): boolean {
    return !isQuery(value) && this.#parts.reader.isPlain(value);
  }

  /**
   * Loads what is read when a value is looked at: an entity, a collection, or arrays, objects, Maps and Sets of some, at
   * any depth. That is what has expired of it, and what functions of the entities' classes read, such as their `toString`,
   * as far as their text says it.
   *
   * @param look by default, that its fields are copied
   * @returns undefined if all is loaded
   */
  touch(value: unknown, look: Look = 'fields'): Promise<void> | undefined {
    return this.#parts.reader.touch(value, look);
  }

  /**
   * What an error of the database means that a fork or other code ran into.
   *
   * @returns an error of the same class that says it as those of the session do; the error itself if it is none of these
   */
  explained(error: unknown): Promise<unknown> {
    return explainedElsewhere(this.em, error);
  }

  /**
   * Lets {@link touch} look into other objects, too.
   *
   * @param opens is given the prototype of an object
   */
  alsoLookInto(opens: (prototype: object) => boolean): void {
    this.#parts.reader.alsoLookInto(opens);
  }

  /**
   * Calls a function before each row that the session reads becomes an object: what it throws ends the query. Of many rows,
   * nothing else gets its turn until all are objects.
   */
  beforeEachRow(check: () => void): void {
    beforeEachRow(this.em, check);
  }

  /**
   * Makes a field that is not loaded an error for code that can neither load it nor wait, in the place of `undefined`.
   *
   * @param plainCode knows when such code runs
   */
  refuseUnread(plainCode: PlainCode): void {
    this.#parts.unit.plainCode = plainCode;
  }

  /**
   * What metadata says of a class of entities or of embedded objects. Runs nothing of the user's.
   *
   * @param value the class, an object of it, a query of it, or a collection of such objects
   * @returns undefined for anything else
   */
  describe(value: unknown): EntityDescription | undefined {
    const meta = this.#parts.classes.metadataOf(isQuery(value) ? value.entity : value);
    if (meta === undefined) return undefined;
    let known = this.#descriptions.get(meta);
    if (known === undefined) {
      known = describeEntity(meta, this.#parts.values);
      this.#descriptions.set(meta, known);
    }
    return known;
  }

  /** Whether a value is an entity of this session's classes, in whatever state. */
  isEntity(value: unknown): value is object {
    return this.#parts.classes.isEntity(value);
  }

  /** Whether a value is the class of an entity. */
  isEntityClass(value: unknown): value is EntityClass<object> {
    return this.#parts.classes.isEntityClass(value);
  }

  isCollection(value: unknown): boolean {
    return this.#parts.classes.isCollection(value);
  }

  isQuery(value: unknown): value is Query<object> {
    return isQuery(value);
  }

  /**
   * What `new` is to be called on for a class, so that `new User({ username: 'Corey' })` sets the fields also where the
   * constructor of the class takes nothing.
   *
   * @returns the value itself if it is not the class of an entity or of an embedded object
   */
  constructorOf(value: unknown): unknown {
    const meta = this.em.getMetadata().find(value as EntityClass<object>);
    return meta ? takingFields(this.em, this.#parts.values, value as EntityClass<object>, meta) : value;
  }
}
