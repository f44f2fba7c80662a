import { Collection, Reference } from '@mikro-orm/core';
import { types } from 'node:util';
import { printedIn } from '../entity/install-inspect.ts';
import { isEntity, isLoaded, metaOf } from '../mikro-orm/entity-state.ts';
import type { Foreseen } from './foreseen.ts';
import { type Look, showsRelated } from './looks.ts';
import { Needs } from './needs.ts';
import type { RowLoader } from './row-loader.ts';

interface Walk {
  /** Whether objects with a prototype are entities or collections. */
  readonly isMapped: (prototype: object) => boolean;
  /** Whether objects with a prototype are looked into besides arrays, plain objects, Maps and Sets. */
  readonly opens: (prototype: object) => boolean;
  readonly loader: RowLoader;
  readonly foreseen: Foreseen;
  readonly look: Look;
}

/** As far as Node.js goes from object to object where it prints properties. */
const printedSteps = 3;

/** What has to be loaded before a look at a value, at any depth, in the order in which it is shown. Runs no code of the value's. */
export function neededIn(value: unknown, walk: Walk): Needs {
  const walker = new Walker(walk);
  let open: unknown[] = [value];
  for (let step = 0; open.length > 0 && (walk.look !== 'print' || step <= printedSteps); step++)
    open = walker.visit(open);
  return walker.needs;
}

/** What a look at an object of one class comes to see. */
interface ClassLook {
  /** Whether it calls a function that reads more than the object's own row. */
  readonly isForeseen: boolean;
  readonly showsRelated: boolean;
}

class Walker {
  readonly needs = new Needs();
  readonly #walk: Walk;
  readonly #seen = new Set<object>();
  readonly #looks = new Map<object, ClassLook>();
  readonly #addForeseen: (entity: object, prototype: object) => void;

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#addForeseen = walk.foreseen.adderFor(walk.look, this.needs);
  }

  /** Visits values and what they are made of. @returns what the entities among them refer to, if that is shown */
  visit(open: unknown[]): unknown[] {
    const { isMapped, opens } = this.#walk;
    const related: unknown[] = [];
    for (let index = 0; index < open.length; index++) {
      const each = referredBy(open[index]);
      if (!isObject(each) || types.isProxy(each)) continue;
      const prototype = Object.getPrototypeOf(each) as object | null;
      const isMappedObject = prototype !== null && isMapped(prototype);
      if (!isMappedObject && !isStructure(each, prototype) && !(prototype && opens(prototype))) continue;
      if (this.#seen.has(each)) continue;
      this.#seen.add(each);
      if (!isMappedObject) addParts(each, open);
      else if (each instanceof Collection) this.#visitList(each as Collection<object>, open);
      else this.#visitEntity(each, prototype, related);
    }
    return related;
  }

  #visitList(list: Collection<object>, open: unknown[]): void {
    if (!this.#walk.loader.needsLoadCollection(list)) return addAll(list.getItems(false), open);
    this.needs.collections.add(list);
    this.needs.leadsOn = true;
  }

  #visitEntity(entity: object, prototype: object, related: unknown[]): void {
    const { loader, look } = this.#walk;
    const { isForeseen, showsRelated: isOpen } = this.#lookAt(prototype);
    // What its row refers to is known once that is read.
    if (loader.needsLoad(entity)) {
      this.needs.entities.add(entity);
      this.needs.leadsOn ||= isForeseen || isOpen;
      return;
    }
    if (look !== 'text') for (const name of loader.lostFields(entity)) this.needs.addField(entity, name);
    if (isForeseen) this.#addForeseen(entity, prototype);
    if (isOpen) addRelated(entity, look, related);
  }

  #lookAt(prototype: object): ClassLook {
    const { foreseen, look } = this.#walk;
    let found = this.#looks.get(prototype);
    if (!found) {
      const isForeseen = foreseen.isSeen(prototype, look);
      found = { isForeseen, showsRelated: showsRelated(look, prototype) };
      this.#looks.set(prototype, found);
    }
    return found;
  }
}

/** What a reference to an entity stands for; any other value itself. */
function referredBy(value: unknown): unknown {
  const isReference =
    isObject(value) && !types.isProxy(value) && Object.getPrototypeOf(value) === Reference.prototype;
  return isReference ? (value as Reference<object>).unwrap() : value;
}

function isStructure(value: object, prototype: object | null): boolean {
  return (
    prototype === Object.prototype ||
    Array.isArray(value) ||
    types.isMap(value) ||
    types.isSet(value) ||
    isIterator(value) ||
    types.isNativeError(value) ||
    types.isDate(value) ||
    typeof value === 'function' ||
    isPlain(prototype)
  );
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Whether objects with a prototype are of no class. */
function isPlain(prototype: object | null): boolean {
  for (let each = prototype; each !== null && each !== Object.prototype;) {
    if (types.isProxy(each) || Object.hasOwn(each, 'constructor')) return false;
    each = Object.getPrototypeOf(each) as object | null;
  }
  return true;
}

/** Whether a value is an iterator that Node.js prints with what it has still to give. */
function isIterator(value: object): boolean {
  return types.isMapIterator(value) || types.isSetIterator(value);
}

function addParts(structure: object, parts: unknown[]): void {
  if (types.isMap(structure)) {
    for (const [key, value] of structure) parts.push(key, value);
  } else if (isIterator(structure)) {
    addAll(printedIn(structure), parts);
  } else if (types.isSet(structure)) {
    addAll([...structure], parts);
  } else if (Array.isArray(structure)) {
    addAll(structure, parts);
    const keys = Object.keys(structure);
    if (keys.length > structure.length) addOwn(structure, keys.slice(structure.length), parts);
  } else {
    // What a function has besides is not shown.
    addOwn(
      structure,
      typeof structure === 'function' ? Object.keys(structure) : Reflect.ownKeys(structure),
      parts,
    );
  }
}

function addOwn(structure: object, keys: readonly PropertyKey[], parts: unknown[]): void {
  for (const key of keys) {
    // The stack of an error is only written when it is asked for.
    const descriptor = key === 'stack' ? undefined : Object.getOwnPropertyDescriptor(structure, key);
    if (descriptor && 'value' in descriptor) parts.push(descriptor.value);
  }
}

function addAll(items: readonly unknown[], parts: unknown[]): void {
  for (const item of items) if (isObject(item)) parts.push(item);
}

/** What an entity refers to, as far as that was loaded and is not hidden. */
function addRelated(entity: object, look: Look, related: unknown[]): void {
  const { properties } = metaOf(entity);
  for (const [name, held] of Object.entries(entity) as [string, unknown][]) {
    if (typeof held !== 'object' || held === null) continue;
    const value: unknown = Reference.isReference(held) ? Reference.unwrapReference(held) : held;
    if (value instanceof Collection ? !value.isInitialized() : !isEntity(value) || !isLoaded(value)) continue;
    const prop = Object.hasOwn(properties, name) ? Reflect.get(properties, name) : undefined;
    if (look !== 'print' || !prop?.hidden) related.push(value);
  }
}
