import { Collection, helper, isRaw, Reference, ReferenceKind, ScalarReference } from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import { isEntity } from './entity-state.ts';

/** Makes a value what it was: an object that was changed in place is the same object again, with what it held. */
type PutBack = () => void;

/** What a field held at one time. */
export interface Held {
  readonly value: unknown;
  /** A copy of it, as it may be changed in place. */
  readonly copy: unknown;
  readonly putBack: PutBack | undefined;
}

/** What a field holds now. */
export function holding(entity: object, name: string): Held {
  const value: unknown = Reflect.get(entity, name);
  return { value, copy: copyOf(value), putBack: keepInside(value) };
}

/** Whether a field held the same object with the same in it at both times, or the same value. */
export function isSameHeld(one: Held, other: Held): boolean {
  return one.value === other.value && isDeepStrictEqual(one.copy, other.copy);
}

/** Whether a field holds what it held. */
export function isStillHeld(entity: object, name: string, { value, copy }: Held): boolean {
  const now: unknown = Reflect.get(entity, name);
  if (now !== value) return false;
  return typeof now !== 'object' || now === null || isDeepStrictEqual(copyOf(now), copy);
}

/** Has a field hold what it held. */
export function holdAgain(entity: object, name: string, { value, putBack }: Omit<Held, 'copy'>): void {
  putBack?.();
  if (Reflect.get(entity, name) !== value) Reflect.set(entity, name, value);
}

/** Remembers what fields of an object hold. */
export function keepFields(entity: object, names: Iterable<string>): PutBack {
  const kept = Array.from(names, name => {
    const value: unknown = Reflect.get(entity, name);
    return { name, value, putBack: keepInside(value) };
  });
  return () => {
    for (const { name, ...held } of kept) holdAgain(entity, name, held);
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
  if (!isOpen(value, outer)) return undefined;
  if (value instanceof ScalarReference) {
    if (!value.isInitialized()) return undefined;
    const referred: unknown = value.unwrap();
    const putBack = keepInside(referred, [...outer, value]);
    return () => {
      putBack?.();
      if (value.unwrap() !== referred) value.set(referred);
    };
  }
  if (value instanceof Date) {
    const time = value.getTime();
    return () => void value.setTime(time);
  }
  if (value instanceof Uint8Array) {
    // What slice() of a Buffer gives has the same bytes.
    const bytes = Uint8Array.from(value);
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

/** A copy of what is inside a value, with the value itself for what cannot change. */
function copyOf(value: unknown, outer: readonly object[] = []): unknown {
  if (!isOpen(value, outer)) return value;
  const inside = [...outer, value];
  if (value instanceof ScalarReference)
    return value.isInitialized() ? [copyOf(value.unwrap(), inside)] : undefined;
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(part => copyOf(part, inside));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part, inside)]));
}

/** Whether a value can be changed in place: it is no other object that is only referred to. */
function isOpen(value: unknown, outer: readonly object[]): value is object {
  if (typeof value !== 'object' || value === null || outer.includes(value)) return false;
  return !(value instanceof Collection || value instanceof Reference || isRaw(value) || isEntity(value));
}
