import {
  type ChangeSet,
  ChangeSetComputer,
  ChangeSetType,
  type EntityMetadata,
  type EntityProperty,
  type FindOptions,
  helper,
  Reference,
  Utils,
} from '@mikro-orm/core';
import { hasRow, heldIn, setPastSetter } from './entity-state.ts';
import { entitiesOf } from './identity-map.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';
import { maxKeysPerQuery } from './row-keys.ts';

type Create = (type: unknown, key: unknown, options?: { readonly key?: string }) => object;
type Make = (type: unknown, data: object, options?: object) => object;
type Process = (this: object, prop: EntityProperty, changes: ChangeSet<object>) => void;
type Populate = (...args: unknown[]) => Promise<unknown>;

/** What stands for rows that are referred to by another field than their key, by class and name of the field. */
type StandIns = Map<EntityMetadata, Map<string, Set<object>>>;

const awaited = new WeakMap<SqlEm, StandIns>();

/**
 * Has relations with a `targetKey` refer to the objects of the rows. MikroORM makes an object without a key for what the
 * column holds, which is nobody's row: the session would insert it, and never find it by its key.
 */
export function followTargetKeys(em: SqlEm): void {
  if (!classesOf(em).some(({ relations }) => relations.some(hasTargetKey))) return;
  leaveUnchanged();
  const standIns: StandIns = new Map();
  awaited.set(em, standIns);
  replaceMethod<Create>(em.getEntityFactory(), 'createReference', create => (type, key, options = {}) => {
    const made = create(type, key, options);
    if (options.key === undefined || hasRow(made)) return made;
    const { root, properties } = helper(made).__meta;
    // MikroORM makes a text of it.
    if (Reflect.get(properties, options.key).runtimeType === 'Date')
      Reflect.set(made, options.key, key instanceof Date ? key : em.getPlatform().parseDate(key as string));
    const fields = standIns.get(root) ?? new Map<string, Set<object>>();
    standIns.set(root, fields.set(options.key, (fields.get(options.key) ?? new Set()).add(made)));
    return made;
  });
  replaceMethod<Make>(em.getEntityFactory(), 'create', create => (type, data, options) => {
    const made = create(type, data, options);
    noteColumns(made, data);
    return made;
  });
  let isReading = false;
  // Every query comes here once its rows are objects.
  replaceMethod<Populate>(em.getEntityLoader(), 'populate', populate => async (...args) => {
    if (!isReading && standIns.size > 0) {
      isReading = true;
      try {
        await readTargets(em, standIns);
      } finally {
        isReading = false;
      }
    }
    return populate(...args);
  });
}

let areLeft = false;

/** Writes such a relation where it has changed: MikroORM has every flush write it. */
function leaveUnchanged(): void {
  if (areLeft) return;
  areLeft = true;
  const process = Reflect.get(ChangeSetComputer.prototype, 'processToOne') as Process;
  Reflect.set(ChangeSetComputer.prototype, 'processToOne', function (this: object, prop, changes) {
    const { type, payload } = changes;
    const isSame = prop.targetKey !== undefined && type === ChangeSetType.UPDATE && !(prop.name in payload);
    if (!isSame) Reflect.apply(process, this, [prop, changes]);
  } satisfies Process);
}

/** Has what an object refers to by a `targetKey` be what is loaded; what is not is read with the row of the object. */
export function findTargets(em: SqlEm): void {
  const standIns = awaited.get(em);
  for (const [root, name, all] of takeOut(em, standIns))
    replace(em, root, name, all, [...entitiesOf(em, root)].filter(hasRow));
}

async function readTargets(em: SqlEm, standIns: StandIns): Promise<void> {
  // A row that is read may refer to others, and these to the first.
  const read = new Map<string, object[]>();
  while (standIns.size > 0)
    for (const [root, name, all] of takeOut(em, standIns)) {
      const known = read.get(`${root.uniqueName}.${name}`) ?? [];
      read.set(`${root.uniqueName}.${name}`, known);
      const found = new Set(known.map(entity => valueOf(entity, name)));
      const values = all
        .map(each => Reflect.get(each, name) as unknown)
        .filter(value => !found.has(textOf(value)));
      for (let i = 0; i < values.length; i += maxKeysPerQuery) {
        const where = { [name]: { $in: values.slice(i, i + maxKeysPerQuery) } };
        known.push(...((await em.find(root.class, where, OPTIONS)) as object[]));
      }
      replace(em, root, name, all, known);
    }
}

const OPTIONS = { flushMode: 'commit', populate: [], filters: false } as FindOptions<object>;

/** Puts the objects of rows in the places of what stands for them. */
function replace(
  em: SqlEm,
  root: EntityMetadata,
  name: string,
  standIns: readonly object[],
  rows: readonly object[],
): void {
  const byValue = new Map(rows.map(row => [valueOf(row, name), row]));
  const targets = new Map(standIns.map(each => [each, byValue.get(valueOf(each, name))]));
  for (const { class: type, relations, root: table } of classesOf(em))
    for (const prop of relations) {
      if (prop.targetKey !== name || prop.targetMeta?.root.class !== root.class) continue;
      for (const entity of entitiesOf(em, table)) {
        if (!(entity instanceof type)) continue;
        const held = Reference.unwrapReference(heldIn(entity, prop.name) as object);
        if (!targets.has(held)) continue;
        const target = targets.get(held);
        const isReference = prop.ref === true && target !== undefined;
        hold(entity, prop.name, isReference ? Reference.create(target) : target);
        const { __originalEntityData: row } = helper(entity);
        if (row !== undefined && target !== undefined)
          Reflect.set(row, prop.name, columnOf(em, prop, target));
      }
    }
}

/** Of a row that is read with its target MikroORM takes the key of that for what its column holds. */
function noteColumns(entity: object, data: object): void {
  const { __meta: meta, __originalEntityData: row } = helper(entity);
  if (row === undefined) return;
  for (const { name, targetKey } of meta.relations) {
    const target: unknown = targetKey === undefined ? undefined : Reflect.get(data, name);
    if (targetKey !== undefined && Utils.isPlainObject(target) && name in row)
      Reflect.set(row, name, target[targetKey]);
  }
}

/** Takes the objects that stand for rows out of the identity map, which would count them as new. */
function* takeOut(
  em: SqlEm,
  standIns: StandIns = new Map(),
): Iterable<[EntityMetadata, string, readonly object[]]> {
  for (const [root, fields] of standIns) {
    standIns.delete(root);
    const store = em.getUnitOfWork().getIdentityMap().getStore(root) as Map<string, object>;
    for (const [name, all] of fields) {
      for (const [place, entity] of store) if (all.has(entity)) store.delete(place);
      yield [root, name, [...all]];
    }
  }
}

function hasTargetKey({ targetKey }: EntityProperty): boolean {
  return targetKey !== undefined;
}

function classesOf(em: SqlEm): EntityMetadata[] {
  return [...em.getMetadata().getAll().values()].filter(({ embeddable }) => !embeddable);
}

/** What MikroORM compares with the column of a relation that refers to an object. */
function columnOf(em: SqlEm, { targetKey = '', targetMeta }: EntityProperty, target: object): unknown {
  const value: unknown = Reflect.get(target, targetKey);
  const type = (targetMeta?.properties as Record<string, EntityProperty> | undefined)?.[targetKey]
    ?.customType;
  if (value == null || type === undefined) return value;
  return type.convertToDatabaseValue(value, em.getPlatform(), { mode: 'serialization' });
}

/** What an object has in a field, as text. */
function valueOf(entity: object, name: string): string {
  return textOf(Reflect.get(entity, name));
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

function hold(entity: object, name: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(entity, name);
  if (own !== undefined && 'value' in own) Object.defineProperty(entity, name, { ...own, value });
  else setPastSetter(entity, name, value);
}
