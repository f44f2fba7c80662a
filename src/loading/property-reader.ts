import { Collection, type EntityMetadata, Reference, ScalarReference } from '@mikro-orm/core';
import { types } from 'node:util';
import {
  hasRow,
  isEntity,
  isFieldKnown,
  isLetGoBy,
  isLoaded,
  metaOf,
  ownerOf,
} from '../mikro-orm/entity-state.ts';
import { assertNoVersion } from '../mikro-orm/computed-fields.ts';
import { showsFormula } from '../mikro-orm/formulas.ts';
import { unloadedLazyFields } from '../mikro-orm/lazy-fields.ts';
import { arrayMethod, assertNoPlace } from './collection-array.ts';
import { neededIn } from './needed-in.ts';
import { isElsewhere } from './elsewhere.ts';
import type { Foreseen } from './foreseen.ts';
import type { Look } from './looks.ts';
import { Needs } from './needs.ts';
import { adoptReference, isStub } from '../identity-map/adopt.ts';
import { assertPartNamed } from '../entity/embedded-names.ts';
import type { MappedClasses } from '../entity/mapped-classes.ts';
import type { RowLoader } from './row-loader.ts';
import { deletionOf } from '../unit-of-work/deletions.ts';
import { isDetached, isTracked } from '../unit-of-work/object-states.ts';
import { detached, notLoaded, rowDeleted } from '../entity/not-loaded.ts';
import { PropertyKinds } from './property-kinds.ts';
import { isUnset } from './unset-fields.ts';
import type { CallGate } from '../unit-of-work/call-gate.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';

/** What has to be loaded before `object[key]` can be read. */
type Need =
  | { readonly kind: 'load'; readonly entity: object }
  | { readonly kind: 'unset'; readonly entity: object; readonly name: string }
  | { readonly kind: 'fields'; readonly entity: object; readonly names: readonly string[] }
  | { readonly kind: 'around' | 'foreseen'; readonly entity: object; readonly key: PropertyKey }
  | { readonly kind: 'collection'; readonly collection: Collection<object> };

/** How often what was loaded may lead to more, as in a tree of which each node shows the one above it. */
const maxRounds = 100;

/** Reads properties as JavaScript does, and loads them first where JavaScript would find nothing. */
export class PropertyReader {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  readonly #foreseen: Foreseen;
  readonly #gate: CallGate;
  readonly #kinds: ReadonlyMap<object, PropertyKinds>;
  /** The classes of embedded objects. */
  readonly #parts: ReadonlyMap<object, EntityMetadata>;
  readonly #classes: MappedClasses;
  readonly #query: (entity: unknown) => unknown;
  #opens: (prototype: object) => boolean = () => false;

  constructor(parts: {
    unit: UnitOfWork;
    loader: RowLoader;
    foreseen: Foreseen;
    gate: CallGate;
    metadata: Iterable<EntityMetadata>;
    classes: MappedClasses;
    query: (entity: unknown) => unknown;
  }) {
    this.#unit = parts.unit;
    this.#loader = parts.loader;
    this.#foreseen = parts.foreseen;
    this.#gate = parts.gate;
    this.#query = parts.query;
    this.#classes = parts.classes;
    const metadata = [...parts.metadata].filter(meta => !meta.embeddable);
    this.#parts = new Map(
      [...parts.metadata].filter(meta => meta.embeddable).map(meta => [meta.prototype as object, meta]),
    );
    const kinds = metadata.map(meta => [meta.prototype as object, this.#kindsFor(meta)] as const);
    this.#kinds = new Map<object, PropertyKinds>([...kinds, [Collection.prototype, new PropertyKinds()]]);
  }

  #kindsFor(meta: EntityMetadata): PropertyKinds {
    return new PropertyKinds(meta, name => this.#foreseen.reads(meta.prototype as object, name));
  }

  /** `object[key]`, or a promise of it if it has to be loaded. */
  read(object: unknown, key: PropertyKey): unknown {
    // This runs for every property that is read at the prompt: most reads must get by with one look-up.
    const kinds = this.#kindsOf(object);
    if (kinds === undefined) {
      const referred = referredBy(object, key);
      return referred === undefined
        ? this.#plain(object, key)
        : ofReferred(referred, this.read(referred, key));
    }
    const need = this.#need(object as object, key, kinds);
    if (need === undefined) return this.#value(object as object, key, kinds);
    return this.#gate
      .run('query', () => this.#satisfy(need))
      .then(() => this.#afterLoad(object as object, key, kinds));
  }

  /** `object[key]`. @throws MikroscopeError `NotLoaded` if it would have to be loaded */
  readSync(object: unknown, key: PropertyKey): unknown {
    const kinds = this.#kindsOf(object);
    if (kinds === undefined) {
      const referred = referredBy(object, key);
      return referred === undefined
        ? this.#plain(object, key)
        : ofReferred(referred, this.readSync(referred, key));
    }
    if (this.#need(object as object, key, kinds) !== undefined) throw notLoaded(object as object, key);
    return this.#value(object as object, key, kinds);
  }

  /**
   * What an assignment to `object[key]` is to be made to, or a promise of it if something has to be loaded first: a list
   * can only be exchanged for another if it is known what is in it.
   *
   * @throws MikroscopeError `UnknownProperty` for a name that the entity does not have, `BadArgument` for a place in a list, and for
   * the version of what the session keeps
   */
  target(object: unknown, key: PropertyKey): unknown {
    const referred = referredBy(object, key);
    if (referred !== undefined) return this.target(referred, key);
    const kinds = this.#kindsOf(object);
    if (kinds === undefined) this.#assertPart(object, key);
    if (kinds?.isCollection === true) assertNoPlace(object as Collection<object>, key);
    if (kinds === undefined || kinds.isCollection) return object;
    // Of keys nothing else tells.
    this.#unit.weakRows.hold(object as object);
    if (typeof key === 'string' && !kinds.has(object as object, key)) kinds.assertKnown(key);
    if (isTracked(this.#unit.em, object as object)) assertNoVersion(object as object, key);
    const need = this.#needToAssign(object as object, key, kinds);
    // Once an entity is loaded that never was, its list is to be, too.
    return need === undefined
      ? object
      : this.#gate.run('query', () => this.#satisfy(need)).then(() => this.target(object, key));
  }

  /** {@link target}. @throws MikroscopeError `NotLoaded` if something would have to be loaded */
  targetSync(object: unknown, key: PropertyKey): unknown {
    const referred = referredBy(object, key);
    if (referred !== undefined) return this.targetSync(referred, key);
    const kinds = this.#kindsOf(object);
    if (kinds !== undefined && this.#needToAssign(object as object, key, kinds) !== undefined)
      throw notLoaded(object as object, key);
    return this.target(object, key);
  }

  #needToAssign(object: object, key: PropertyKey, kinds: PropertyKinds): Need | undefined {
    // What is assigned once the row is deleted is for the next one.
    const isRowGone = !hasRow(object) && deletionOf(object) !== undefined;
    return kinds.loadKindOf(key) === 'collection' && !isRowGone ? this.#need(object, key, kinds) : undefined;
  }

  /**
   * Loads what is read when a value is looked at, which may be an entity, a collection, or a structure of some: what has
   * expired, and what functions of the entities' classes need.
   */
  touch(value: unknown, look: Look): Promise<void> | undefined {
    const find = (): Needs =>
      neededIn(value, {
        isMapped: prototype => this.#kinds.has(prototype),
        opens: this.#opens,
        loader: this.#loader,
        foreseen: this.#foreseen,
        look,
      });
    const needs = find();
    const isAsked = look !== 'print';
    return needs.isEmpty ? undefined : this.#gate.run('query', () => this.#supplyAll(needs, find, isAsked));
  }

  /** What was loaded may lead to more. */
  async #supplyAll(first: Needs, findMore: () => Needs, isAsked = true): Promise<void> {
    let needs = first;
    for (let round = 0; round < maxRounds && !needs.isEmpty; round++) {
      await this.#loader.supply(needs, isAsked);
      if (!needs.leadsOn) return;
      needs = findMore();
    }
  }

  /** Says which objects are looked into besides arrays, plain objects, Maps and Sets, given their prototypes. */
  alsoLookInto(opens: (prototype: object) => boolean): void {
    this.#opens = opens;
  }

  /** Whether reading a property of a value is nothing but that: it is no entity, collection or class. */
  isPlain(value: unknown): boolean {
    return (
      typeof value !== 'function' &&
      this.#kindsOf(value) === undefined &&
      this.#partOf(value) === undefined &&
      !isReference(value)
    );
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
    const value = (object as Record<PropertyKey, unknown>)[key];
    if (value === undefined && !(key in Object(object)) && !this.#isOfSibling(object, key))
      this.#assertPart(object, key);
    return value;
  }

  /** @throws MikroscopeError `UnknownProperty` for a name that an embedded object does not have */
  #assertPart(object: unknown, key: PropertyKey): void {
    const meta = typeof key === 'string' ? this.#partOf(object) : undefined;
    if (meta === undefined) return;
    // MikroORM reads what only another class has into an embedded object, too, as null.
    const held: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
    if (held == null) assertPartNamed(meta, String(key));
  }

  /** Whether another class has it that an embedded object could be of: it is read of whichever there is. */
  #isOfSibling(object: unknown, key: PropertyKey): boolean {
    const own = this.#partOf(object);
    return [...this.#parts.values()].some(
      ({ polymorphs = [], properties }) => key in properties && own !== undefined && polymorphs.includes(own),
    );
  }

  #partOf(value: unknown): EntityMetadata | undefined {
    if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined;
    return this.#parts.get(Object.getPrototypeOf(value) as object);
  }

  #need(object: object, key: PropertyKey, kinds: PropertyKinds): Need | undefined {
    const kind = kinds.loadKindOf(key);
    if (!kinds.isCollection && kind !== 'plain') this.#assertNotLetGo(object, String(key));
    switch (kind) {
      case 'plain':
        return undefined;
      case 'items':
        return this.#needCollection(object as Collection<object>);
      case 'collection': {
        const collection: unknown = Reflect.get(object, key);
        if (collection instanceof Collection) return this.#needCollection(collection as Collection<object>);
        // An entity that was never loaded has none yet.
        return this.#loader.needsLoad(object) ? { kind: 'load', entity: object } : undefined;
      }
      case 'field':
        if (this.#isFresh(object, key as string)) return this.#needUnset(object, key as string);
        if (this.#loader.needsLoad(object)) return { kind: 'load', entity: object };
        this.#assertKnown(object, key as string);
        return undefined;
      case 'computed':
        if (this.#loader.needsLoad(object)) return { kind: 'load', entity: object };
        return this.#foreseenOf(object, key).isEmpty ? undefined : { kind: 'foreseen', entity: object, key };
      case 'member':
        return this.#needAround(object, key);
      case 'lazy':
        if (this.#loader.needsLoad(object)) return { kind: 'load', entity: object };
        this.#assertKnown(object, key as string);
        return this.#isUnread(object, key as string)
          ? { kind: 'fields', entity: object, names: [key as string] }
          : undefined;
      case 'reference':
        if (this.#loader.needsLoad(object)) return { kind: 'load', entity: object };
        return this.#needReference(object, key as string);
    }
  }

  /** Whether a field that is read with its row shows the database. */
  #isFresh(entity: object, name: string): boolean {
    const { expiry } = this.#unit;
    return expiry.isFresh(entity) && !(expiry.hasExpiredFormulas(entity) && showsFormula(entity, name));
  }

  /** What expired and then left the session can no longer be read again. */
  #assertNotLetGo(entity: object, name: string): void {
    if (!this.#unit.expiry.isFresh(entity) && isLetGoBy(this.#unit.em, entity)) throw detached(entity, name);
  }

  #needCollection(collection: Collection<object>): Need | undefined {
    const { owner } = collection;
    const isUnknown = !collection.isInitialized() || this.#unit.expiry.hasLeftExpired(collection);
    if (isUnknown && isDetached(this.#unit.em, owner)) throw detached(owner, collection.property.name);
    return this.#loader.needsLoadCollection(collection) ? { kind: 'collection', collection } : undefined;
  }

  #isUnread(object: object, name: string): boolean {
    const isLookedAfter = this.#isOwn(object) || isElsewhere(this.#unit.em, object);
    return isLookedAfter && hasRow(object) && !isFieldKnown(object, name);
  }

  /** What was never set of a new object is what its row has, which the database may have set. */
  #needUnset(object: object, name: string): Need | undefined {
    return this.#isOwn(object) && isUnset(object, name) ? { kind: 'unset', entity: object, name } : undefined;
  }

  #needReference(object: object, key: string): Need | undefined {
    const value: unknown = Reference.unwrapReference(Reflect.get(object, key) as object);
    // Of a loaded row only the inverse side of a one-to-one relation can be unknown.
    if (value === undefined) this.#assertKnown(object, key);
    if (value === undefined && this.#isUnread(object, key))
      return this.#needUnset(object, key) ?? { kind: 'fields', entity: object, names: [key] };
    if (!isEntity(value) || isLoaded(value)) return undefined;
    const { em } = this.#unit;
    if (isStub(value) && isDetached(em, object)) throw detached(object, key);
    const target = isStub(value) ? adoptReference(em, object, key, value) : value;
    return this.#loader.needsLoad(target) ? { kind: 'load', entity: target } : undefined;
  }

  /**
   * @throws MikroscopeError `Detached` for what was never read of an entity that has left the session, `ObjectDeleted` if
   * the open transaction deleted its row
   */
  #assertKnown(object: object, name: string): void {
    if (Reflect.get(object, name) !== undefined || isFieldKnown(object, name)) return;
    if (!Object.hasOwn(metaOf(object).properties, name)) return;
    const deletion = deletionOf(object);
    if (hasRow(object) ? isDetached(this.#unit.em, object) : deletion === 'committed')
      throw detached(object, name);
    if (!hasRow(object) && deletion === 'flushed') throw rowDeleted(object, name);
  }

  #isOwn(entity: object): boolean {
    return ownerOf(entity) === this.#unit.em;
  }

  async #satisfy(need: Need): Promise<void> {
    if (need.kind === 'load') await this.#loader.load([need.entity]);
    else if (need.kind === 'unset') await this.#loader.loadUnset(need.entity, need.name);
    else if (need.kind === 'collection') await this.#loader.loadCollections([need.collection]);
    else if (need.kind === 'fields') await this.#loader.loadFields([need.entity], need.names);
    else {
      if (need.kind === 'around') await this.#loadAround(need.entity);
      const find = (): Needs => this.#foreseenOf(need.entity, need.key);
      await this.#supplyAll(find(), find);
    }
  }

  /** What a method finds of its object: what was loaded is loaded again, what it refers to as well, and what it reads. */
  #needAround(object: object, key: PropertyKey): Need | undefined {
    if (!isTracked(this.#unit.em, object) && !isElsewhere(this.#unit.em, object))
      return this.#loader.needsLoad(object) ? { kind: 'load', entity: object } : undefined;
    const { entities, collections } = this.#expiredAround(object);
    const isComplete =
      entities.length + collections.length + unloadedLazyFields(object).length === 0 &&
      this.#foreseenOf(object, key).isEmpty;
    return isComplete ? undefined : { kind: 'around', entity: object, key };
  }

  async #loadAround(entity: object): Promise<void> {
    await this.#loader.load([entity]);
    const lazy = unloadedLazyFields(entity);
    if (lazy.length > 0) await this.#loader.loadFields([entity], lazy);
    const { entities, collections } = this.#expiredAround(entity);
    await this.#loader.loadCollections(collections);
    await this.#loader.load(entities);
  }

  #foreseenOf(entity: object, key: PropertyKey): Needs {
    const needs = new Needs();
    this.#foreseen.addOfMember(entity, key, needs);
    return needs;
  }

  /** The object, and what it refers to, as far as that was loaded and has expired. */
  #expiredAround(object: object): {
    readonly entities: object[];
    readonly collections: Collection<object>[];
  } {
    const entities = this.#loader.needsLoad(object) ? [object] : [];
    const collections: Collection<object>[] = [];
    for (const { name } of metaOf(object).relations) {
      const value: unknown = Reference.unwrapReference(Reflect.get(object, name) as object);
      if (value instanceof Collection) {
        const list = value as Collection<object>;
        if (list.isInitialized() && this.#loader.needsLoadCollection(list)) collections.push(list);
      } else if (isEntity(value) && isLoaded(value) && this.#loader.needsLoad(value)) entities.push(value);
    }
    return { entities, collections };
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
    const kind = kinds.loadKindOf(key);
    const value =
      kind === 'member' || kind === 'computed'
        ? this.#unit.plainCode.enter(() => Reflect.get(object, key) as unknown)
        : (object as Record<PropertyKey, unknown>)[key];
    // It may be changed in place.
    if (typeof value === 'object' && value !== null && !kinds.isCollection) this.#unit.weakRows.hold(object);
    // A misspelt name is an error, and not a silent `undefined`.
    if (value === undefined && typeof key === 'string' && !kinds.has(object, key)) kinds.assertKnown(key);
    // MikroORM empties the reference of an object that a one-to-one relation is taken from.
    if (value === undefined && kind === 'reference' && hasRow(object)) return null;
    return value;
  }
}

/** What a reference stands for, unless the property is one of the reference's own, which its `toString` is not. */
function referredBy(object: unknown, key: PropertyKey): unknown {
  return isReference(object) && (key === 'toString' || !(key in object)) ? object.unwrap() : undefined;
}

/** A method works on what it was read of. */
function ofReferred(referred: unknown, value: unknown): unknown {
  if (types.isPromise(value)) return value.then(loaded => ofReferred(referred, loaded));
  return typeof value === 'function' ? (value.bind(referred) as unknown) : value;
}

/** Looks at the prototype alone. */
function isReference(value: unknown): value is Reference<object> | ScalarReference<unknown> {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Reference.prototype || prototype === ScalarReference.prototype;
}
