import { Collection, type EntityMetadata } from '@mikro-orm/core';
import { inspect, type InspectOptionsStylized } from 'node:util';
import { isEntity, isLoaded, shownKeyOf, metaOf } from '../mikro-orm/entity-state.ts';
import { plainly, quietly } from '../mikro-orm/watchers.ts';
import { visible } from '../visible.ts';

type Inspect = (this: object, depth: number | null, options: InspectOptionsStylized) => string;

const NOT_LOADED = '<not loaded>';
const installed = new WeakSet<object>();
/** How objects are printed, by the functions in the place of those that say so. */
const originals = new WeakMap<object, Inspect>();
/** What is being shown now: a relation may lead back to it. */
const showing = new Set<object>();

/**
 * Makes entities print by their own `toString`, and collections as lists. A class with its own `[util.inspect.custom]`
 * keeps that. One whose own function fails, as it may read what is not loaded, prints by its properties.
 */
export function installInspect(metadata: Iterable<EntityMetadata>): void {
  install(Collection.prototype, inspectCollection);
  for (const meta of metadata) {
    // What stands for several classes that can be embedded is none itself.
    const present =
      (meta.prototype as object | undefined) &&
      Object.getOwnPropertyDescriptor(meta.prototype, inspect.custom);
    if (!present) continue;
    // A method of the class is not enumerable, and the default that MikroORM assigns is.
    install(meta.prototype as object, present.enumerable ? inspectEntity : guarded(present.value as Inspect));
  }
}

/** Whether objects with a prototype print by their own `toString` or by their properties, and not by a function of their class. */
export function isShownByUs(prototype: object): boolean {
  return asWritten(Reflect.get(prototype, inspect.custom)) === inspectEntity;
}

/** The entities and collections that are met while something is printed only to find them. */
let met: object[] | undefined;

/** The entities and collections that a value is printed with. Other code may take what is in an iterator out of it. */
export function printedIn(value: object): readonly object[] {
  const found: object[] = [];
  met = found;
  try {
    inspect(value, { depth: Infinity });
  } finally {
    met = undefined;
  }
  return found;
}

function install(prototype: object, show: Inspect): void {
  if (installed.has(prototype)) return;
  installed.add(prototype);
  const value: Inspect = function (...args) {
    if (!met) return Reflect.apply(show, this, args);
    met.push(this);
    return '';
  };
  originals.set(value, show);
  Object.defineProperty(prototype, inspect.custom, { value, configurable: true, writable: true });
}

/** What a class has written, if a function is in the place of its own. */
export function asWritten(made: unknown): unknown {
  const inside = typeof made === 'function' ? originals.get(made) : undefined;
  return inside ? asWritten(inside) : made;
}

function guarded(show: Inspect): Inspect {
  const guard: Inspect = function (...args) {
    try {
      return plainly(this, () => Reflect.apply(show, this, args));
    } catch {
      return Reflect.apply(inspectEntity, this, args);
    }
  };
  originals.set(guard, show);
  return guard;
}

function inspectEntity(this: object, depth: number | null, options: InspectOptionsStylized): string {
  const meta = metaOf(this);
  if (this === meta.prototype) return `[${meta.className} prototype]`;
  if (!isLoaded(this)) {
    return `${meta.className} { ${shownKey(this)} ${options.stylize(NOT_LOADED, 'special')} }`;
  }
  const own = print(this);
  if (own !== undefined) return own;
  if (depth !== null && depth < 0) return options.stylize(`[${meta.className}]`, 'special');
  const shown: Record<string, unknown> = {};
  const names = new Set([...meta.props.map(prop => prop.name), ...Object.keys(this)]);
  for (const name of names) {
    const prop = Object.hasOwn(meta.properties, name) ? meta.properties[name as never] : undefined;
    const { hidden } = (prop ?? {}) as { hidden?: boolean };
    const value = valueOf(this, name);
    if (hidden || value === undefined) continue;
    shown[name] = isUnloaded(value) ? new NotLoaded() : value;
  }
  return once(
    this,
    `[Circular ${meta.className}]`,
    () => `${meta.className} ${inspect(shown, { ...options, depth })}`,
  );
}

/** The key as text, without what of it is hidden. */
function shownKey(entity: object): string {
  const { primaryKeys, properties } = metaOf(entity);
  const parts = primaryKeys.map(name => {
    const { hidden } = Reflect.get(properties, name);
    const value: unknown = valueOf(entity, name);
    if (hidden === true) return { isWhole: false, text: '<hidden>' };
    const text = isEntity(value) ? shownKey(value) : String(value);
    return { isWhole: !isEntity(value) || text === shownKeyOf(value), text };
  });
  return parts.every(({ isWhole }) => isWhole)
    ? shownKeyOf(entity)
    : parts.map(({ text }) => text).join(', ');
}

/** What is known of a property; a getter may fail. */
function valueOf(entity: object, name: string): unknown {
  try {
    return quietly(entity, () => Reflect.get(entity, name) as unknown);
  } catch {
    return undefined;
  }
}

/** What the entity's own `toString` says; undefined without one, and for one that fails. */
function print(entity: object): string | undefined {
  const own: unknown = Reflect.get(entity, 'toString');
  if (typeof own !== 'function' || own === Object.prototype.toString) return undefined;
  try {
    return visible(plainly(entity, () => String(Reflect.apply(own, entity, []))));
  } catch {
    return undefined;
  }
}

function inspectCollection(this: object, depth: number | null, options: InspectOptionsStylized): string {
  const collection = this as Collection<object>;
  if (this === Collection.prototype) return 'Collection {}';
  if (!collection.isInitialized()) return options.stylize(NOT_LOADED, 'special');
  const items: unknown[] = collection.getItems(false);
  if (depth !== null && depth < 0 && items.length > 0) return options.stylize('[Array]', 'special');
  return once(this, '[Circular]', () =>
    inspect(items, { ...options, depth: depth === null ? depth : Math.max(depth, 0) }),
  );
}

function once(value: object, circular: string, show: () => string): string {
  if (showing.has(value)) return circular;
  showing.add(value);
  try {
    return show();
  } finally {
    showing.delete(value);
  }
}

function isUnloaded(value: unknown): boolean {
  if (value instanceof Collection) return !value.isInitialized();
  return isEntity(value) && !isLoaded(value);
}

class NotLoaded {
  [inspect.custom](_depth: number, options: InspectOptionsStylized): string {
    return options.stylize(NOT_LOADED, 'special');
  }
}
