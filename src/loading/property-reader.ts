import { Collection, type EntityMetadata, Reference } from '@mikro-orm/core';
import { types } from 'node:util';
import { hasRow, isEntity, isFieldLoaded, isLoaded, ownerOf } from '../mikro-orm/entity-state.ts';
import { arrayMethod } from './collection-array.ts';
import { adoptReference, isStub } from '../identity-map/adopt.ts';
import type { MappedClasses } from '../entity/mapped-classes.ts';
import type { RowLoader } from './row-loader.ts';
import { isDetached } from '../unit-of-work/object-states.ts';
import { detached, notLoaded } from './not-loaded.ts';
import { PropertyKinds } from './property-kinds.ts';
import type { CallGate } from '../unit-of-work/call-gate.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';

/** What has to be loaded before `object[key]` can be read. */
type Need =
  | { readonly kind: 'load'; readonly entity: object }
  | { readonly kind: 'fields'; readonly entity: object; readonly name: string }
  | { readonly kind: 'collection'; readonly collection: Collection<object> };

/** Reads properties as JavaScript does, and loads them first where JavaScript would find nothing. */
export class PropertyReader {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  readonly #gate: CallGate;
  readonly #kinds: ReadonlyMap<object, PropertyKinds>;
  readonly #classes: MappedClasses;
  readonly #query: (entity: unknown) => unknown;

  constructor(parts: {
    unit: UnitOfWork;
    loader: RowLoader;
    gate: CallGate;
    metadata: Iterable<EntityMetadata>;
    classes: MappedClasses;
    query: (entity: unknown) => unknown;
  }) {
    this.#unit = parts.unit;
    this.#loader = parts.loader;
    this.#gate = parts.gate;
    this.#query = parts.query;
    this.#classes = parts.classes;
    const kinds = [...parts.metadata]
      .filter(meta => !meta.embeddable)
      .map(meta => [meta.prototype as object, new PropertyKinds(meta)] as const);
    this.#kinds = new Map<object, PropertyKinds>([
      ...kinds,
      [Collection.prototype, new PropertyKinds(undefined)],
    ]);
  }

  /** `object[key]`, or a promise of it if it has to be loaded. */
  read(object: unknown, key: PropertyKey): unknown {
    // This runs for every property that is read at the prompt: most reads must get by with one look-up.
    const kinds = this.#kindsOf(object);
    if (kinds === undefined) return this.#plain(object, key);
    const need = this.#need(object as object, key, kinds);
    if (need === undefined) return this.#value(object as object, key, kinds);
    return this.#gate
      .run('query', () => this.#satisfy(need))
      .then(() => this.#afterLoad(object as object, key, kinds));
  }

  /** `object[key]`. @throws MikroscopeError `NotLoaded` if it would have to be loaded */
  readSync(object: unknown, key: PropertyKey): unknown {
    const kinds = this.#kindsOf(object);
    if (kinds === undefined) return this.#plain(object, key);
    if (this.#need(object as object, key, kinds) !== undefined) throw notLoaded(object as object, key);
    return this.#value(object as object, key, kinds);
  }

  /** Reloads what has expired of a value that is about to be shown: an entity, a collection, or a shallow structure. */
  touch(value: unknown): Promise<void> | undefined {
    const entities: object[] = [];
    const collections: Collection<object>[] = [];
    this.#gather(value, 2, entities, collections);
    if (entities.length === 0 && collections.length === 0) return undefined;
    return this.#gate.run('query', async () => {
      await this.#loader.loadCollections(collections);
      for (const collection of collections) entities.push(...collection.getItems(false));
      await this.#loader.load(entities);
    });
  }

  /** Looks at the prototype alone: reading a property could run a getter of its class. */
  #kindsOf(value: unknown): PropertyKinds | undefined {
    if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined;
    return this.#kinds.get(Object.getPrototypeOf(value) as object);
  }

  #plain(object: unknown, key: PropertyKey): unknown {
    if (
      key === 'query' &&
      typeof object === 'function' &&
      this.#classes.isEntityClass(object) &&
      !('query' in object)
    ) {
      return this.#query(object);
    }
    return (object as Record<PropertyKey, unknown>)[key];
  }

  #need(object: object, key: PropertyKey, kinds: PropertyKinds): Need | undefined {
    const kind = kinds.loadKindOf(key);
    switch (kind) {
      case 'plain':
        return undefined;
      case 'items':
        return this.#needCollection(object as Collection<object>);
      case 'collection': {
        const collection: unknown = Reflect.get(object, key);
        return collection instanceof Collection
          ? this.#needCollection(collection as Collection<object>)
          : undefined;
      }
      case 'field':
        return this.#unit.expiry.isFresh(object) || !this.#loader.needsLoad(object)
          ? undefined
          : { kind: 'load', entity: object };
      case 'lazy':
        if (this.#loader.needsLoad(object)) return { kind: 'load', entity: object };
        return this.#isUnread(object, key as string)
          ? { kind: 'fields', entity: object, name: key as string }
          : undefined;
      case 'reference':
        if (this.#loader.needsLoad(object)) return { kind: 'load', entity: object };
        return this.#needReference(object, key as string);
    }
  }

  #needCollection(collection: Collection<object>): Need | undefined {
    const { owner } = collection;
    if (!collection.isInitialized() && isDetached(this.#unit.em, owner))
      throw detached(owner, collection.property.name);
    return this.#loader.needsLoadCollection(collection) ? { kind: 'collection', collection } : undefined;
  }

  #isUnread(object: object, name: string): boolean {
    return this.#isOwn(object) && hasRow(object) && !isFieldLoaded(object, name);
  }

  #needReference(object: object, key: string): Need | undefined {
    const value: unknown = Reference.unwrapReference(Reflect.get(object, key) as object);
    // Of a loaded row only the inverse side of a one-to-one relation can be unknown.
    if (value === undefined && this.#isUnread(object, key))
      return { kind: 'fields', entity: object, name: key };
    if (!isEntity(value) || isLoaded(value)) return undefined;
    const { em } = this.#unit;
    if (isStub(value) && isDetached(em, object)) throw detached(object, key);
    const target = isStub(value) ? adoptReference(em, object, key, value) : value;
    return this.#loader.needsLoad(target) ? { kind: 'load', entity: target } : undefined;
  }

  #isOwn(entity: object): boolean {
    return ownerOf(entity) === this.#unit.em;
  }

  async #satisfy(need: Need): Promise<void> {
    if (need.kind === 'load') await this.#loader.load([need.entity]);
    else if (need.kind === 'collection') await this.#loader.loadCollections([need.collection]);
    else await this.#loader.loadFields(need.entity, [need.name]);
  }

  /** Once the row is loaded, a reference in it may lead to one that is not. */
  #afterLoad(object: object, key: PropertyKey, kinds: PropertyKinds): unknown {
    const need = this.#need(object, key, kinds);
    if (need === undefined) return this.#value(object, key, kinds);
    return this.#gate.run('query', () => this.#satisfy(need)).then(() => this.#value(object, key, kinds));
  }

  #value(object: object, key: PropertyKey, kinds: PropertyKinds): unknown {
    if (kinds.isCollection) {
      const method = arrayMethod(object as Collection<object>, key);
      if (method !== undefined) return method;
    }
    const value = (object as Record<PropertyKey, unknown>)[key];
    // A misspelt name is an error, and not a silent `undefined`.
    if (value === undefined && typeof key === 'string' && !(key in object)) kinds.assertKnown(key);
    return value;
  }

  #gather(value: unknown, depth: number, entities: object[], collections: Collection<object>[]): void {
    if (typeof value !== 'object' || value === null || types.isProxy(value)) return;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (this.#kinds.has(prototype as object)) {
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
