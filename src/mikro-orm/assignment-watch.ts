import {
  Collection,
  type EntityMetadata,
  type EntityProperty,
  helper,
  Reference,
  ReferenceKind,
} from '@mikro-orm/core';
import { isEntity } from './entity-state.ts';
import type { SqlEm } from './orm.ts';

/** Called before a field of an entity is assigned, and not when a row fills it. */
type Assigned = (entity: object, name: string) => void;

/** By the EntityManager that the entity belongs to: several may share the classes. Each says whether it is no row. */
const watchers = new WeakMap<object, (entity: object, name: string) => boolean>();
const watching = new WeakSet<Set>();

type Set = (this: object, value: unknown) => void;

/**
 * Tells when a field of an entity is assigned. MikroORM has no event for that, but makes every field an accessor: those
 * of relations with another side once for a class, and the others when they are first assigned.
 */
export function watchAssignments(em: SqlEm, assigned: Assigned): void {
  const hydrator = em.config.getHydrator(em.getMetadata());
  watchers.set(em, (entity, name) => {
    if (hydrator.isRunning()) return false;
    assigned(entity, name);
    return true;
  });
  for (const meta of em.getMetadata().getAll().values()) {
    if (meta.embeddable || meta.virtual) continue;
    for (const prop of meta.relations) watchRelation(prop, Reflect.get(meta.definedProperties, prop.name));
    for (const name of watchedFields(meta))
      Object.defineProperty(meta.prototype, name, firstAssignment(name));
  }
}

/**
 * Makes accessors of fields that a constructor has defined as they are, so that assignments to them are heard of. Fields
 * of a class are defined past what the prototype has.
 */
export function watchOwnFields(entity: object): void {
  for (const name of watchedFields(helper(entity).__meta)) {
    const own = Object.getOwnPropertyDescriptor(entity, name);
    if (own === undefined || !('value' in own)) continue;
    Reflect.deleteProperty(entity, name);
    if (own.value !== undefined) Reflect.set(entity, name, own.value);
  }
}

function watchRelation(
  { name, kind, inversedBy }: EntityProperty,
  descriptor: PropertyDescriptor | undefined,
): void {
  const set = descriptor && (Reflect.get(descriptor, 'set') as Set | undefined);
  if (descriptor === undefined || set === undefined || watching.has(set)) return;
  const watched: Set = function (value) {
    const isAssigned = tell(this, name);
    // MikroORM takes the entity out of the collection that it leaves only if it enters another one.
    if (isAssigned && value == null && kind === ReferenceKind.MANY_TO_ONE && inversedBy !== undefined) {
      const before: unknown = Reference.unwrapReference(helper(this).__data[name] as object);
      const side: unknown = isEntity(before) ? Reflect.get(before, inversedBy) : undefined;
      if (side instanceof Collection) side.removeWithoutPropagation(this);
    }
    Reflect.apply(set, this, [value]);
  };
  descriptor.set = watched;
  watching.add(watched);
}

const fields = new WeakMap<object, readonly string[]>();

/** The fields that MikroORM makes accessors of one by one. */
function watchedFields(meta: EntityMetadata): readonly string[] {
  const known = fields.get(meta);
  if (known !== undefined) return known;
  const found = meta.props
    .map(({ name }): string => name)
    .filter(name => {
      if (name in meta.definedProperties) return false;
      const own = Object.getOwnPropertyDescriptor(meta.prototype, name);
      return own?.set !== undefined && own.get === undefined;
    });
  fields.set(meta, found);
  return found;
}

function firstAssignment(name: string): PropertyDescriptor {
  const set: Set = function (value) {
    tell(this, name);
    helper(this).__data[name] = value;
  };
  const accessor: PropertyDescriptor = {
    get(this: object) {
      return helper(this)?.__data[name] as unknown;
    },
    set,
    enumerable: true,
    configurable: true,
  };
  return {
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, accessor);
      Reflect.apply(set, this, [value]);
    },
    configurable: true,
  };
}

/** @returns whether the field is assigned, and not filled */
function tell(entity: object, name: string): boolean {
  const wrapped = helper(entity);
  // Most are: MikroORM works on the entity.
  if (wrapped.__processing) return false;
  return wrapped.__em === undefined || (watchers.get(wrapped.__em)?.(entity, name) ?? true);
}
