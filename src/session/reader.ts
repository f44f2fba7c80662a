import { Collection, type EntityMetadata, helper, Reference, ReferenceKind } from '@mikro-orm/core';
import { types } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { arrayMethod, needsItems } from './collection-array.ts';
import { deleted, type Loader } from './loader.ts';
import type { Turns } from './turns.ts';
import type { Unit } from './unit.ts';

/** What is to be done before `object[key]` may be read, or nothing. */
type Need =
  | { readonly kind: 'load'; readonly entity: object }
  | { readonly kind: 'fields'; readonly entity: object; readonly name: string }
  | { readonly kind: 'collection'; readonly collection: Collection<object> };

/** Reads properties as the language does, and asks the database first where the language would find nothing. */
export class Reader {
  readonly #unit: Unit;
  readonly #loader: Loader;
  readonly #turns: Turns;
  readonly #prototypes: ReadonlySet<object>;
  readonly #classes: ReadonlySet<unknown>;
  readonly #query: (entity: unknown) => unknown;
  readonly #detached: WeakSet<object>;

  constructor(parts: {
    unit: Unit;
    loader: Loader;
    turns: Turns;
    metadata: Iterable<EntityMetadata>;
    query: (entity: unknown) => unknown;
    detached: WeakSet<object>;
  }) {
    this.#unit = parts.unit;
    this.#loader = parts.loader;
    this.#turns = parts.turns;
    this.#query = parts.query;
    this.#detached = parts.detached;
    const classes = [...parts.metadata].filter(meta => !meta.embeddable).map(meta => meta.class);
    this.#classes = new Set<unknown>(classes);
    this.#prototypes = new Set<object>([
      ...classes.map(entity => entity.prototype as object),
      Collection.prototype,
    ]);
  }

  /** `object[key]`; a promise of it where the database must be asked first. */
  read(object: unknown, key: PropertyKey): unknown {
    if (!this.#concerns(object)) return this.#plain(object, key);
    const need = this.#need(object, key);
    if (need === undefined) return this.#value(object, key);
    return this.#turns.run(() => this.#satisfy(need)).then(() => this.#afterLoad(object, key));
  }

  /** `object[key]`; an error where the database would have to be asked first. */
  readSync(object: unknown, key: PropertyKey): unknown {
    if (!this.#concerns(object)) return this.#plain(object, key);
    const need = this.#need(object, key);
    if (need === undefined) return this.#value(object, key);
    throw notLoaded(object, key);
  }

  /** Brings up to date what is about to be shown: an entity, a collection, or a shallow structure of them. */
  touch(value: unknown): Promise<void> | undefined {
    const entities: object[] = [];
    const collections: Collection<object>[] = [];
    this.#gather(value, 2, entities, collections);
    if (entities.length === 0 && collections.length === 0) return undefined;
    return this.#turns.run(async () => {
      await this.#loader.loadCollections(collections);
      for (const collection of collections) entities.push(...collection.getItems(false));
      await this.#loader.load(entities);
    });
  }

  /** Puts the session's own entity in the place of a reference made without a session, on both sides. */
  adopt(object: object): void {
    for (const { name, kind } of helper(object).__meta.relations) {
      if (kind !== ReferenceKind.MANY_TO_ONE && kind !== ReferenceKind.ONE_TO_ONE) continue;
      const value: unknown = Reference.unwrapReference(Reflect.get(object, name) as object);
      if (!this.isEntity(value) || (helper(value).__em !== undefined && !this.#isOwn(value))) continue;
      if (isStub(value))
        Reflect.set(
          object,
          name,
          this.#unit.em.getReference(helper(value).__meta.class, helper(value).getPrimaryKey() as never),
        );
      // Looking at it before took the shortcut past the setter; now both sides are to know.
      else if (this.#isOwn(value)) Reflect.set(object, name, value);
    }
  }

  isEntity(value: unknown): value is object {
    return this.#concerns(value) && !(value instanceof Collection);
  }

  isCollection(value: unknown): value is Collection<object> {
    return this.#concerns(value) && value instanceof Collection;
  }

  isEntityClass(value: unknown): boolean {
    return this.#classes.has(value);
  }

  /** Looks at the prototype alone: reading a property could run somebody's getter. */
  #concerns(value: unknown): value is object {
    if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
    return this.#prototypes.has(Object.getPrototypeOf(value));
  }

  #plain(object: unknown, key: PropertyKey): unknown {
    if (
      key === 'query' &&
      typeof object === 'function' &&
      this.#classes.has(object) &&
      !('query' in object)
    ) {
      return this.#query(object);
    }
    return (object as Record<PropertyKey, unknown>)[key];
  }

  #need(object: object, key: PropertyKey): Need | undefined {
    if (object instanceof Collection) {
      const collection = object as Collection<object>;
      if (!needsItems(key)) return undefined;
      this.#assertAttached(collection, collection.owner);
      return this.#loader.needsLoadCollection(collection) ? { kind: 'collection', collection } : undefined;
    }
    if (typeof key !== 'string' || key.startsWith('__') || key === 'constructor' || !(key in object)) {
      if (typeof key !== 'string' || !Object.hasOwn(helper(object).__meta.properties, key)) return undefined;
    }
    const { __meta: meta } = helper(object);
    const prop = Object.hasOwn(meta.properties, key) ? meta.properties[key as never] : undefined;
    const { kind, primary, lazy } = (prop ?? {}) as {
      kind?: ReferenceKind;
      primary?: boolean;
      lazy?: boolean;
    };
    if (primary && kind === ReferenceKind.SCALAR) return undefined;
    if (kind === ReferenceKind.ONE_TO_MANY || kind === ReferenceKind.MANY_TO_MANY) {
      const collection: unknown = Reflect.get(object, key);
      if (!(collection instanceof Collection)) return undefined;
      this.#assertAttached(collection as Collection<object>, object);
      return this.#loader.needsLoadCollection(collection as Collection<object>)
        ? { kind: 'collection', collection: collection as Collection<object> }
        : undefined;
    }
    if (this.#loader.needsLoad(object)) return { kind: 'load', entity: object };
    if (kind === ReferenceKind.MANY_TO_ONE || kind === ReferenceKind.ONE_TO_ONE)
      return this.#needReference(object, key, kind);
    const wrapped = helper(object);
    if (
      lazy &&
      wrapped.__em === this.#unit.em &&
      wrapped.__originalEntityData &&
      !wrapped.__loadedProperties.has(key)
    ) {
      return { kind: 'fields', entity: object, name: key };
    }
    return undefined;
  }

  #needReference(object: object, key: string, kind: ReferenceKind): Need | undefined {
    const wrapped = helper(object);
    const value: unknown = Reference.unwrapReference(Reflect.get(object, key) as object);
    if (typeof value !== 'object' || value === null) {
      const unknownYet =
        value === undefined && kind === ReferenceKind.ONE_TO_ONE && wrapped.__em === this.#unit.em;
      if (unknownYet && wrapped.__originalEntityData && !wrapped.__loadedProperties.has(key)) {
        return { kind: 'fields', entity: object, name: key };
      }
      return undefined;
    }
    if (!this.#concerns(value) || helper(value).__initialized) return undefined;
    const target = this.#adopt(object, key, value);
    if (this.#detached.has(object) && helper(target).__em === undefined) throw detached(object, key);
    return helper(target).__initialized && !this.#loader.needsLoad(target)
      ? undefined
      : { kind: 'load', entity: target };
  }

  /** A reference made without a session, as by `new Post({ userId: 1 })`, becomes the session's own entity. */
  #adopt(object: object, key: string, stub: object): object {
    if (!isStub(stub) || this.#detached.has(object)) return stub;
    const own = this.#unit.em.getReference(
      helper(stub).__meta.class,
      helper(stub).getPrimaryKey() as never,
    ) as object;
    // Past the setter: looking at a transient object must not stage it through the other side of the relation.
    helper(object).__data[key] = own;
    return own;
  }

  #isOwn(entity: object): boolean {
    return helper(entity).__em === this.#unit.em;
  }

  #assertAttached(collection: Collection<object>, owner: object): void {
    if (!collection.isInitialized() && this.#detached.has(owner))
      throw detached(owner, collection.property.name);
  }

  async #satisfy(need: Need): Promise<void> {
    if (need.kind === 'load') await this.#loader.load([need.entity]);
    else if (need.kind === 'collection') await this.#loader.loadCollections([need.collection]);
    else await this.#loader.loadFields(need.entity, [need.name]);
  }

  /** After its row is there, a reference may still lead to a row that is not. */
  #afterLoad(object: object, key: PropertyKey): unknown {
    const need = this.#need(object, key);
    if (need === undefined) return this.#value(object, key);
    if (need.kind === 'load' && this.#unit.freshness.isLost(need.entity)) throw deleted(need.entity);
    return this.#turns.run(() => this.#satisfy(need)).then(() => this.#value(object, key));
  }

  #value(object: object, key: PropertyKey): unknown {
    if (object instanceof Collection) {
      const method = arrayMethod(object as Collection<object>, key);
      if (method !== undefined) return method;
    }
    return Reflect.get(object, key);
  }

  #gather(value: unknown, depth: number, entities: object[], collections: Collection<object>[]): void {
    if (typeof value !== 'object' || value === null || types.isProxy(value)) return;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (this.#prototypes.has(prototype as object)) {
      if (!(value instanceof Collection)) {
        if (this.#loader.needsLoad(value)) entities.push(value);
        return;
      }
      const collection = value as Collection<object>;
      if (this.#loader.needsLoadCollection(collection)) collections.push(collection);
      else
        for (const item of collection.getItems(false)) if (this.#loader.needsLoad(item)) entities.push(item);
      return;
    }
    if (
      depth === 0 ||
      (prototype !== Array.prototype && prototype !== Object.prototype && prototype !== null)
    )
      return;
    for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(value))) {
      if ('value' in descriptor) this.#gather(descriptor.value, depth - 1, entities, collections);
    }
  }
}

function isStub(entity: object): boolean {
  return !helper(entity).__initialized && helper(entity).__em === undefined;
}

function nameOf(object: object): string {
  return object instanceof Collection
    ? `${helper(object.owner as object).__meta.className}.${object.property.name}`
    : helper(object).__meta.className;
}

function notLoaded(object: object, key: PropertyKey): MikroscopeError {
  const name = object instanceof Collection ? nameOf(object) : `${nameOf(object)}.${String(key)}`;
  return new MikroscopeError(
    'NotLoaded',
    `${name} is not loaded, and a function that is not async cannot wait for the database`,
    'Read it at the prompt first, make the function async, or populate it in the query.',
  );
}

function detached(object: object, key: string): MikroscopeError {
  const name = nameOf(object);
  return new MikroscopeError(
    'Detached',
    `${name}.${key} is not loaded, and this ${name} is detached from the session`,
    'merge() gives its managed twin.',
  );
}
