import { Collection, type EntityMetadata } from '@mikro-orm/core';
import { inspect, type InspectOptionsStylized } from 'node:util';
import { isEntity, isLoaded, keyTextOf, metaOf } from '../mikro-orm/entity-state.ts';

type Inspect = (this: object, depth: number | null, options: InspectOptionsStylized) => string;

const NOT_LOADED = '<not loaded>';
const installed = new WeakSet<object>();
/** What is being shown now: a relation may lead back to it. */
const showing = new Set<object>();

/**
 * Makes entities print by their own `toString`, and collections as lists. A class with its own `[util.inspect.custom]`
 * keeps that.
 */
export function installInspect(metadata: Iterable<EntityMetadata>): void {
  install(Collection.prototype, inspectCollection);
  for (const meta of metadata) {
    const present = Object.getOwnPropertyDescriptor(meta.prototype, inspect.custom);
    // A method of the class is not enumerable, and the default that MikroORM assigns is.
    if (present?.enumerable) install(meta.prototype as object, inspectEntity);
  }
}

/** Whether objects with a prototype print by their own `toString` or by their properties, and not by a function of their class. */
export function isShownByUs(prototype: object): boolean {
  return Reflect.get(prototype, inspect.custom) === inspectEntity;
}

function install(prototype: object, show: Inspect): void {
  if (installed.has(prototype)) return;
  installed.add(prototype);
  Object.defineProperty(prototype, inspect.custom, { value: show, configurable: true, writable: true });
}

function inspectEntity(this: object, depth: number | null, options: InspectOptionsStylized): string {
  const meta = metaOf(this);
  if (this === meta.prototype) return `[${meta.className} prototype]`;
  if (!isLoaded(this)) {
    return `${meta.className} { ${keyTextOf(this)} ${options.stylize(NOT_LOADED, 'special')} }`;
  }
  const print: unknown = Reflect.get(this, 'toString');
  if (typeof print === 'function' && print !== Object.prototype.toString)
    return String(Reflect.apply(print, this, []));
  if (depth !== null && depth < 0) return options.stylize(`[${meta.className}]`, 'special');
  const shown: Record<string, unknown> = {};
  const names = new Set([...meta.props.map(prop => prop.name), ...Object.keys(this)]);
  for (const name of names) {
    const prop = Object.hasOwn(meta.properties, name) ? meta.properties[name as never] : undefined;
    const { hidden } = (prop ?? {}) as { hidden?: boolean };
    const value: unknown = Reflect.get(this, name);
    if (hidden || value === undefined) continue;
    shown[name] = isUnloaded(value) ? new NotLoaded() : value;
  }
  return once(
    this,
    `[Circular ${meta.className}]`,
    () => `${meta.className} ${inspect(shown, { ...options, depth })}`,
  );
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
