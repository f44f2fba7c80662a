import {
  Collection,
  type EntityMetadata,
  type EntityProperty,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { isEntity, isFieldKnown, metaOf } from '../mikro-orm/entity-state.ts';
import type { Hook } from '../mikro-orm/project-hooks.ts';
import { isTracked } from '../unit-of-work/object-states.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import { isElsewhere } from './elsewhere.ts';
import { type FunctionNode, functionOf, nodeOf } from './function-node.ts';
import { type Chain, chainsOf, returned, self } from './function-text.ts';
import { functionsFor, type Look } from './looks.ts';
import type { Needs } from './needs.ts';
import type { RowLoader } from './row-loader.ts';

/** What a function reads, by the object or variable that it reads it of. */
type Reading = ReadonlyMap<number, readonly Chain[]>;

/** The readings of one class, worked out once; undefined for a function that reads nothing but fields of its own row. */
interface ClassReadings {
  readonly readings: Map<PropertyKey, Reading | undefined>;
  readonly byLook: Map<Look, readonly Reading[]>;
  readonly byHook: Map<Hook, Reading | undefined>;
}

/**
 * Foresees what functions of mapped classes read, from their text: they are not typed, so they cannot wait for what they
 * find not loaded. What the text does not say is an error for them.
 */
export class Foreseen {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  readonly #metadata: ReadonlyMap<object, EntityMetadata>;
  readonly #classes = new Map<object, ClassReadings>();

  constructor(unit: UnitOfWork, loader: RowLoader, metadata: readonly EntityMetadata[]) {
    this.#unit = unit;
    this.#loader = loader;
    this.#metadata = new Map(
      metadata.filter(({ embeddable }) => !embeddable).map(meta => [meta.prototype as object, meta]),
    );
  }

  /** Whether a method or a getter of a class may read more than its own row. */
  reads(prototype: object, key: PropertyKey): boolean {
    return this.#readingOf(prototype, key) !== undefined;
  }

  /** Whether what a look at an object calls may read more than its own row. */
  isSeen(prototype: object, look: Look): boolean {
    return this.#readingsFor(prototype, look).length > 0;
  }

  /** Adds what a method or a getter of an object will read, and is not loaded or has expired. */
  addOfMember(entity: object, key: PropertyKey, needs: Needs): void {
    const reading = this.#readingOf(Object.getPrototypeOf(entity) as object, key);
    if (reading) new Run(this.#unit, this.#loader, 'text', this.#find, needs).run(reading, entity);
  }

  /** Whether a hook may read more than the row of an object. */
  isHookFar(prototype: object, hook: Hook): boolean {
    return this.#readingOfHook(prototype, hook) !== undefined;
  }

  /** What adds what hooks will read of objects, as {@link addOfMember} does. */
  adderForHooks(needs: Needs): (entity: object, hooks: readonly Hook[]) => void {
    const run = new Run(this.#unit, this.#loader, 'text', this.#find, needs);
    return (entity, hooks) => {
      for (const hook of hooks) {
        const reading = this.#readingOfHook(Object.getPrototypeOf(entity) as object, hook);
        if (reading) run.run(reading, entity);
      }
    };
  }

  /** Adds what will be read when objects are looked at. */
  adderFor(look: Look, needs: Needs): (entity: object, prototype: object) => void {
    const run = new Run(this.#unit, this.#loader, look === 'json' ? 'json' : 'text', this.#find, needs);
    return (entity, prototype) => {
      for (const reading of this.#readingsFor(prototype, look)) run.show(run.run(reading, entity));
    };
  }

  readonly #find: Find = {
    reading: (prototype, key) => this.#readingOf(prototype, key),
    readings: (prototype, look) => this.#readingsFor(prototype, look),
  };

  #classOf(prototype: object): ClassReadings {
    let found = this.#classes.get(prototype);
    if (!found)
      this.#classes.set(prototype, (found = { readings: new Map(), byLook: new Map(), byHook: new Map() }));
    return found;
  }

  #readingsFor(prototype: object, look: Look): readonly Reading[] {
    const { byLook } = this.#classOf(prototype);
    let found = byLook.get(look);
    if (!found) {
      found = functionsFor(look, prototype).flatMap(key => this.#readingOf(prototype, key) ?? []);
      byLook.set(look, found);
    }
    return found;
  }

  #readingOf(prototype: object, key: PropertyKey): Reading | undefined {
    const { readings } = this.#classOf(prototype);
    if (readings.has(key)) return readings.get(key);
    // A function that calls itself reads what it reads besides.
    readings.set(key, undefined);
    const reading = this.#read(prototype, functionOf(prototype, key), false);
    readings.set(key, reading);
    return reading;
  }

  #readingOfHook(prototype: object, hook: Hook): Reading | undefined {
    const { byHook } = this.#classOf(prototype);
    if (!byHook.has(hook)) {
      const node = typeof hook === 'string' ? functionOf(prototype, hook) : nodeOf(hook);
      byHook.set(hook, this.#read(prototype, node, true));
    }
    return byHook.get(hook);
  }

  #read(prototype: object, node: FunctionNode | undefined, isGiven: boolean): Reading | undefined {
    const chains = node === undefined ? [] : chainsOf(node, isGiven);
    const isFar = chains.some(chain => chain.root === self && this.#leavesRow(prototype, chain));
    return isFar ? Map.groupBy(chains, ({ root }) => root) : undefined;
  }

  /** Whether a chain from an object may end elsewhere than in a field that is read with its row. */
  #leavesRow(prototype: object, { path, into, isShown }: Chain): boolean {
    const properties = this.#metadata.get(prototype)?.properties ?? {};
    for (const name of path) {
      const prop = Object.hasOwn(properties, name) ? Reflect.get(properties, name) : undefined;
      if (prop && (prop.lazy === true || isRelation(prop))) return true;
      if (prop || name in prototype) return this.#readingOf(prototype, name) !== undefined;
    }
    return into !== undefined || isShown;
  }
}

interface Find {
  reading(prototype: object, key: PropertyKey): Reading | undefined;
  readings(prototype: object, look: Look): readonly Reading[];
}

/** Follows what functions read, from object to object, as far as everything is loaded. */
class Run {
  readonly #unit: UnitOfWork;
  readonly #loader: RowLoader;
  readonly #look: Look;
  readonly #find: Find;
  readonly #needs: Needs;
  readonly #shown = new Set<object>();
  /** What each function returned of each object, as far as it has run. */
  readonly #results = new Map<Reading, Map<object, object[]>>();

  constructor(unit: UnitOfWork, loader: RowLoader, look: Look, find: Find, needs: Needs) {
    this.#unit = unit;
    this.#loader = loader;
    this.#look = look;
    this.#find = find;
    this.#needs = needs;
  }

  /** @returns the entities that the function may return */
  run(reading: Reading, entity: object): readonly object[] {
    let ofReading = this.#results.get(reading);
    if (!ofReading) this.#results.set(reading, (ofReading = new Map()));
    const known = ofReading.get(entity);
    if (known) return known;
    const results: object[] = [];
    ofReading.set(entity, results);
    const held = new Map<number, Set<object>>();
    const open: (readonly [root: number, object: object])[] = [[self, entity]];
    for (const [root, object] of open) {
      for (const { path, into, isShown } of reading.get(root) ?? []) {
        const ends = this.#follow(object, path);
        if (isShown) this.show(ends);
        if (into === returned) results.push(...ends);
        else if (into !== undefined)
          for (const end of ends) if (addNew(held, into, end)) open.push([into, end]);
      }
    }
    return results;
  }

  /** Adds what is read when entities are made a text of, or serialized. */
  show(entities: readonly object[]): void {
    for (const entity of entities) {
      if (this.#shown.has(entity) || !this.#isLoaded(entity)) continue;
      this.#shown.add(entity);
      const prototype = Object.getPrototypeOf(entity) as object;
      for (const reading of this.#find.readings(prototype, this.#look)) this.show(this.run(reading, entity));
    }
  }

  #follow(object: object, path: readonly string[]): readonly object[] {
    let reached: readonly object[] = [object];
    for (const name of path) {
      if (reached.length === 0) break;
      reached =
        reached.length === 1
          ? this.#step(reached[0]!, name)
          : reached.flatMap(each => this.#step(each, name));
    }
    return reached;
  }

  /** What a property or a function of an entity gives, among entities. A name that it does not have is that of a list. */
  #step(entity: object, name: string): readonly object[] {
    const prototype = Object.getPrototypeOf(entity) as object;
    const { properties } = metaOf(entity);
    const prop = Object.hasOwn(properties, name) ? Reflect.get(properties, name) : undefined;
    if (prop === undefined && !(name in prototype)) return [entity];
    if (prop?.primary && !isRelation(prop)) return [];
    if (!this.#isLoaded(entity)) return [];
    if (prop === undefined || !isRelation(prop)) {
      if (prop?.lazy) this.#addUnread(entity, name);
      const reading = this.#find.reading(prototype, name);
      return reading ? this.run(reading, entity) : [];
    }
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, name) as object);
    if (value instanceof Collection) return this.#items(value as Collection<object>);
    if (value === undefined) this.#addUnread(entity, name);
    return isEntity(value) ? [value] : [];
  }

  #items(list: Collection<object>): readonly object[] {
    if (!this.#loader.needsLoadCollection(list)) return list.getItems(false);
    this.#needs.collections.add(list);
    this.#needs.leadsOn = true;
    return [];
  }

  #addUnread(entity: object, name: string): void {
    const { em } = this.#unit;
    if (isFieldKnown(entity, name) || !(isTracked(em, entity) || isElsewhere(em, entity))) return;
    this.#needs.addField(entity, name);
    this.#needs.leadsOn = true;
  }

  /** Whether an entity can be read as it is; if not, it is needed. */
  #isLoaded(entity: object): boolean {
    if (!this.#loader.needsLoad(entity) || this.#unit.expiry.isDeleted(entity)) return true;
    this.#needs.besides.add(entity);
    this.#needs.leadsOn = true;
    return false;
  }
}

function isRelation({ kind }: EntityProperty): boolean {
  return kind !== ReferenceKind.SCALAR && kind !== ReferenceKind.EMBEDDED;
}

function addNew(held: Map<number, Set<object>>, into: number, object: object): boolean {
  let objects = held.get(into);
  if (!objects) held.set(into, (objects = new Set()));
  return objects.size < objects.add(object).size;
}
