import { type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import { classOf } from '../mikro-orm/embedded-class.ts';
import { assertProperty } from './properties.ts';

/**
 * @param meta the class of an embedded object
 * @throws MikroscopeError `UnknownProperty` for a name that the class neither maps nor uses itself
 */
export function assertPartNamed(meta: EntityMetadata, name: string): void {
  if (name in meta.prototype || mentions(meta.class, name)) return;
  // MikroORM lists the fields of embedded objects a second time.
  const known = meta.props.filter(({ embedded }) => embedded === undefined);
  assertProperty(
    meta.className,
    name,
    known.map(one => one.name),
  );
}

/**
 * Looks at what an embedded property holds, objects in it and lists included.
 *
 * @throws MikroscopeError `UnknownProperty` for a field that nothing would ever write
 */
export function assertPartsNamed(prop: EntityProperty, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) assertPartsNamed(prop, item);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const meta = classOf(prop, value);
  if (meta === undefined) return;
  for (const [name, part] of Object.entries(value)) {
    if (part == null) continue;
    const inner = Object.hasOwn(meta.properties, name) ? Reflect.get(meta.properties, name) : undefined;
    if (inner === undefined) assertPartNamed(meta, name);
    else if (inner.kind === ReferenceKind.EMBEDDED) assertPartsNamed(inner, part);
  }
}

/** Whether the text of a class, or of one that it extends, has a name: what a class keeps for itself, its methods write. */
function mentions(type: unknown, name: string): boolean {
  for (let one = type; typeof one === 'function'; one = Object.getPrototypeOf(one))
    if (wordsOf(one).has(name)) return true;
  return false;
}

const words = new WeakMap<object, ReadonlySet<string>>();

function wordsOf(type: object): ReadonlySet<string> {
  let known = words.get(type);
  if (known === undefined) {
    const text = Reflect.apply(Reflect.get(Function.prototype, 'toString'), type, []);
    // Without its comments.
    const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
    known = new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
    words.set(type, known);
  }
  return known;
}
