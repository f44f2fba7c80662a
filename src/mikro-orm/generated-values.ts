import { type EntityMetadata, helper } from '@mikro-orm/core';
import { changedFields } from './changed-fields.ts';
import type { SqlEm } from './orm.ts';

/** What `onCreate()` or `onUpdate()` gave a property, and what it had before. */
interface Made {
  readonly before: unknown;
  readonly value: unknown;
}

/** By the names of the properties. */
export type Generated = ReadonlyMap<string, Made>;

const NONE: Generated = new Map();

/** What gives a property its value. */
export type Make = (entity: object, em: SqlEm) => unknown;

const noted = new WeakMap<object, Map<string, Made>>();

/** Until something is, it is not looked for among thousands of objects. */
let isAnyNoted = false;

/** What the functions were that are watched. */
const watched = new WeakMap<Make, Make>();

/**
 * Notes what `onCreate()` and `onUpdate()` give to entities: if that is not written, it is as if they had not been called.
 * What was assigned is written, as SQLAlchemy's `onupdate` lets it be; MikroORM would have `onUpdate()` replace it.
 */
export function watchGenerated(em: SqlEm): void {
  for (const meta of em.getMetadata().getAll().values())
    for (const prop of meta.props)
      for (const name of ['onCreate', 'onUpdate'] as const) {
        const make = Reflect.get(prop, name) as Make | undefined;
        if (make !== undefined && prop.embedded === undefined && !watched.has(make))
          Reflect.set(prop, name, noting(prop.name, make, name === 'onUpdate' ? isKept : () => false));
      }
}

function noting(name: string, make: Make, keeps: typeof isKept): Make {
  const noter: Make = (entity, em) => {
    const notes = noted.get(entity) ?? new Map<string, Made>();
    const last = notes.get(name);
    const now: unknown = helper(entity)?.__data[name];
    // A flush that came to nothing may have called it before.
    const isMade = last !== undefined && last.value === now;
    if (!isMade && keeps(em, entity, name)) return Reflect.get(entity, name);
    const value = make(entity, em);
    isAnyNoted = true;
    noted.set(entity, notes.set(name, { before: isMade ? last.before : now, value }));
    return value;
  };
  watched.set(noter, make);
  return Object.defineProperty(noter, 'length', { value: make.length });
}

/** Whether a property has what was assigned to it, or what the flush under way has given it already. */
function isKept(em: SqlEm, entity: object, name: string): boolean {
  const wrapped = helper(entity) as ReturnType<typeof helper> | undefined;
  if (wrapped?.__data[name] === undefined) return false;
  return wrapped.__processing || changedFields(em, entity).includes(name);
}

/** What `onCreate()` and `onUpdate()` of a class call that look at the entity. */
export function makersOf(meta: EntityMetadata, name: 'onCreate' | 'onUpdate'): readonly Make[] {
  return meta.props.flatMap(prop => {
    const make = Reflect.get(prop, name) as Make | undefined;
    return make !== undefined && make.length > 0 ? [watched.get(make) ?? make] : [];
  });
}

/** What was given to an entity, and is to be written now. */
export function takeGenerated(entity: object): Generated {
  const notes = isAnyNoted ? noted.get(entity) : undefined;
  if (notes === undefined) return NONE;
  noted.delete(entity);
  for (const [name, { value }] of notes) if (helper(entity).__data[name] !== value) notes.delete(name);
  return notes;
}
