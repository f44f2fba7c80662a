import { type EntityMetadata, helper } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/** What `onCreate()` or `onUpdate()` gave a property, and what it had before. */
interface Made {
  readonly before: unknown;
  readonly value: unknown;
}

/** By the names of the properties. */
export type Generated = ReadonlyMap<string, Made>;

const NONE: Generated = new Map();

type Make = (entity: object, em: SqlEm) => unknown;

const noted = new WeakMap<object, Map<string, Made>>();
const watched = new WeakSet<Make>();

/** Notes what `onCreate()` and `onUpdate()` give to entities: if that is not written, it is as if they had not been called. */
export function watchGenerated(em: SqlEm): void {
  for (const meta of em.getMetadata().getAll().values())
    for (const prop of meta.props)
      for (const name of ['onCreate', 'onUpdate'] as const) {
        const make = Reflect.get(prop, name) as Make | undefined;
        if (make !== undefined && prop.embedded === undefined && !watched.has(make))
          Reflect.set(prop, name, noting(prop.name, make));
      }
}

function noting(name: string, make: Make): Make {
  const noter: Make = (entity, em) => {
    const value = make(entity, em);
    const notes = noted.get(entity) ?? new Map<string, Made>();
    const last = notes.get(name);
    const now: unknown = helper(entity)?.__data[name];
    // A flush that came to nothing may have called it before.
    const before = last !== undefined && last.value === now ? last.before : now;
    noted.set(entity, notes.set(name, { before, value }));
    return value;
  };
  watched.add(noter);
  return Object.defineProperty(noter, 'length', { value: make.length });
}

/** Whether `onUpdate()` of a property looks at the entity. */
export function looksAtEntity(meta: EntityMetadata): boolean {
  return meta.props.some(({ onUpdate }) => onUpdate !== undefined && onUpdate.length > 0);
}

/** What was given to an entity, and is to be written now. */
export function takeGenerated(entity: object): Generated {
  const notes = noted.get(entity);
  if (notes === undefined) return NONE;
  noted.delete(entity);
  for (const [name, { value }] of notes) if (helper(entity).__data[name] !== value) notes.delete(name);
  return notes;
}
