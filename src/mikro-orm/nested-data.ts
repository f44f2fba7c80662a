import {
  EntityAssigner,
  type EntityMetadata,
  type EntityProperty,
  helper,
  ReferenceKind,
  Utils,
} from '@mikro-orm/core';
import { adoptPlain, isOfOther } from './embedded-class.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Data = Record<string, unknown>;
type Assign = (
  entity: object,
  name: string,
  props: Readonly<Record<string, EntityProperty>>,
  data: Data,
  options: Options,
) => unknown;

interface Options {
  readonly em?: SqlEm;
  readonly schema?: string;
  readonly convertCustomTypes?: boolean;
  readonly updateNestedEntities?: boolean;
  readonly updateByPrimaryKey?: boolean;
  readonly merge?: boolean;
}

type Merge = (meta: EntityMetadata, entity: object, data: Data, options?: CreateOptions) => void;

interface CreateOptions {
  readonly newEntity?: boolean;
  readonly convertCustomTypes?: boolean;
  initialized?: boolean;
}

/** The assigner is one for all sessions. */
let isChanged = false;

/** Has data that stand for objects which the session has be written, wherever they are given. */
export function writeGivenData(em: SqlEm): void {
  assignNestedData();
  assignCreated(em);
}

/**
 * Assigns the data that `em.create()` is given for an object that the session has under their key, also within others.
 * MikroORM takes them for what its row holds, and never writes them.
 */
function assignCreated(em: SqlEm): void {
  replaceMethod<Merge>(em.getEntityFactory(), 'mergeData', merge => (meta, entity, data, options) => {
    if (options?.newEntity !== true) return merge(meta, entity, data, options);
    const wrapped = helper(entity);
    // One that was never read is not read by this.
    options.initialized = wrapped.__initialized;
    wrapped.__processing = false;
    const { convertCustomTypes } = options;
    EntityAssigner.assign(entity, data, {
      em,
      ...(convertCustomTypes !== undefined && { convertCustomTypes }),
    });
  });
}

/**
 * Has data with a key that `em.assign()` is given for a relation stand for the object that the session has under that key,
 * which gets them, or else for a new one, as in a list. MikroORM makes a reference of the key first, and takes the data for
 * what its row holds: a row that is not there was referred to, and what was assigned to one that is was never written.
 */
function assignNestedData(): void {
  if (isChanged) return;
  isChanged = true;
  const assign = Reflect.get(EntityAssigner, 'assignProperty') as Assign;
  const assignNested: Assign = (entity, name, props, data, options) => {
    const prop = Object.hasOwn(props, name) ? props[name] : undefined;
    const value = data[name];
    if (
      prop !== undefined &&
      typeof value === 'object' &&
      value !== null &&
      becomesOther(entity, prop, value)
    )
      return undefined;
    if (prop === undefined || !isNested(prop, value, options))
      return Reflect.apply(assign, EntityAssigner, [entity, name, props, data, options]);
    const target = objectFor(prop.targetMeta as EntityMetadata, value, options);
    return Reflect.apply(assign, EntityAssigner, [
      entity,
      name,
      props,
      target === undefined ? data : { ...data, [name]: target },
      // Without this it would make the reference.
      { ...options, updateNestedEntities: target !== undefined },
    ]);
  };
  Reflect.set(EntityAssigner, 'assignProperty', assignNested);
}

/** Assigns an embedded object of another class than the one that is there, into which MikroORM would put the fields. */
function becomesOther(entity: object, prop: EntityProperty, value: object): boolean {
  const name = prop.embedded?.[1] ?? prop.name;
  if (prop.kind !== ReferenceKind.EMBEDDED || !isOfOther(prop, Reflect.get(entity, name), value))
    return false;
  const given: object = Utils.isPlainObject(value) ? { ...value } : value;
  adoptPlain(prop, given);
  return Reflect.set(entity, name, given);
}

/** Whether a value is data with a key for what a relation refers to. */
function isNested(prop: EntityProperty, value: unknown, options: Options): value is Data {
  const { kind, targetMeta, mapToPk, polymorphic } = prop;
  const isToOne = kind === ReferenceKind.MANY_TO_ONE || kind === ReferenceKind.ONE_TO_ONE;
  if (!isToOne || targetMeta === undefined || mapToPk === true || polymorphic === true) return false;
  if (options.em === undefined || options.merge === true || !Utils.isPlainObject(value)) return false;
  if (options.updateNestedEntities === false || options.updateByPrimaryKey === false) return false;
  const key: unknown = Utils.extractPK(value, targetMeta);
  return [key].flat(Infinity).every(part => part != null);
}

/** The object that the session has for the data, or a reference to the row if there is nothing but its key. */
function objectFor(meta: EntityMetadata, data: Data, options: Options): object | undefined {
  const { em, schema, convertCustomTypes } = options as Options & { em: SqlEm };
  const key: unknown = Utils.extractPK(data, meta);
  const parts = Array.isArray(key) ? Utils.flatten(key, true) : key;
  const known = em.getUnitOfWork().getById(meta.class, parts, schema, convertCustomTypes) as
    | object
    | undefined;
  if (known !== undefined) return EntityAssigner.assign(known, data, options as never);
  const isKey = Object.keys(data).every(name => meta.primaryKeys.includes(name as never));
  return isKey ? em.getReference(meta.class, key as never, options as never) : undefined;
}
