import { Collection, helper, isRaw, Reference, ReferenceKind, ScalarReference } from '@mikro-orm/core';
import { isEntity } from './entity-state.ts';

/** Makes a value what it was: an object that was changed in place is the same object again, with what it held. */
type PutBack = () => void;

/** Remembers what fields of an object hold. */
export function keepFields(entity: object, names: Iterable<string>): PutBack {
  const kept = Array.from(names, name => {
    const value = Reflect.get(entity, name) as unknown;
    const putBack = keepInside(value);
    return () => {
      putBack?.();
      if (Reflect.get(entity, name) !== value) Reflect.set(entity, name, value);
    };
  });
  return () => {
    for (const putBack of kept) putBack();
  };
}

/** The names of the fields that an object holds itself: of relations, those with a column of its own. */
export function fieldsOf(entity: object): string[] {
  const { props } = helper(entity).__meta;
  const isHeld = ({ kind, owner }: (typeof props)[number]) =>
    kind === ReferenceKind.SCALAR ||
    kind === ReferenceKind.EMBEDDED ||
    kind === ReferenceKind.MANY_TO_ONE ||
    (kind === ReferenceKind.ONE_TO_ONE && owner);
  return props.filter(prop => prop.embedded === undefined && isHeld(prop)).map(({ name }) => name);
}

/** Remembers what is inside a value; undefined if nothing of it can change. */
function keepInside(value: unknown, outer: readonly object[] = []): PutBack | undefined {
  if (typeof value !== 'object' || value === null || isWhole(value) || outer.includes(value))
    return undefined;
  if (value instanceof Date) {
    const time = value.getTime();
    return () => void value.setTime(time);
  }
  if (value instanceof Uint8Array) {
    const bytes = value.slice();
    return () => value.set(bytes);
  }
  const inside = [...outer, value];
  const entries = new Map(
    Object.entries(value).map(([key, part]) => [
      key,
      { part: part as unknown, putBack: keepInside(part, inside) },
    ]),
  );
  return () => {
    for (const key of Object.keys(value)) if (!entries.has(key)) Reflect.deleteProperty(value, key);
    if (Array.isArray(value)) value.length = entries.size;
    for (const [key, { part, putBack }] of entries) {
      putBack?.();
      Reflect.set(value, key, part);
    }
  };
}

/** Whether a value is no part of the object that holds it, or is never changed in place. */
function isWhole(value: object): boolean {
  return (
    value instanceof Collection ||
    value instanceof Reference ||
    value instanceof ScalarReference ||
    isRaw(value) ||
    isEntity(value)
  );
}
