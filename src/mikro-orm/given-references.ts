import {
  EntityManager,
  type EntityMetadata,
  type EntityProperty,
  isRaw,
  type MikroORM,
  Reference,
  ReferenceKind,
  Utils,
} from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { isForeignKey } from './class-tables.ts';
import { couldBe, hasKey, isEntity, metaOf } from './entity-state.ts';
import { isToSeveral, kindOfSeveral, readSeveral, unfitFor } from './several-classes.ts';

type Data = Record<string, unknown>;
type Write = (this: EntityManager, type: unknown, ...rest: unknown[]) => unknown;
type Put = (this: Builder, data: unknown) => unknown;

interface Builder {
  readonly mainAlias?: { readonly meta?: EntityMetadata };
}

const mended = new WeakSet<object>();

/**
 * Has what relations are given, where rows are written past the unit of work, stand for all of their columns. MikroORM writes
 * an object with the parts of a key into the first column as a text, and of a relation to one of several classes the key into
 * the column for the class.
 */
export function writeGivenReferences(orm: MikroORM): void {
  if (!mended.has(EntityManager)) {
    mended.add(EntityManager);
    // The place of the data among the arguments.
    for (const [name, at] of Object.entries({
      insert: 0,
      insertMany: 0,
      upsert: 0,
      upsertMany: 0,
      nativeUpdate: 1,
    })) {
      const write = Reflect.get(EntityManager.prototype, name) as Write;
      const writeGiven: Write = function (type, ...rest) {
        const meta = rest[at] == null ? undefined : this.getMetadata().find(type as never);
        return Reflect.apply(write, this, [
          type,
          ...(meta === undefined ? rest : rest.with(at, inRows(meta, rest[at]))),
        ]);
      };
      Reflect.set(EntityManager.prototype, name, Object.defineProperty(writeGiven, 'name', { value: name }));
    }
  }
  const builder = builderOf(orm);
  if (builder === undefined || mended.has(builder)) return;
  mended.add(builder);
  for (const name of ['insert', 'update', 'merge']) {
    const put = Reflect.get(builder, name) as Put;
    Reflect.set(builder, name, function (data) {
      const meta = this.mainAlias?.meta;
      // What is merged may be a list of names.
      const isData = typeof [data].flat()[0] === 'object';
      return Reflect.apply(put, this, [meta === undefined || !isData ? data : inRows(meta, data)]);
    } satisfies Put);
  }
}

/** What the query builders of a database have in common; undefined where there is no class. */
export function builderOf(orm: MikroORM): object | undefined {
  const [meta] = orm.getMetadata().getAll().values();
  if (meta === undefined) return undefined;
  const create = Reflect.get(orm.driver, 'createQueryBuilder') as (type: unknown) => object;
  return Object.getPrototypeOf(Reflect.apply(create, orm.driver, [meta.class])) as object;
}

function inRows(meta: EntityMetadata, data: unknown): unknown {
  return Array.isArray(data) ? data.map(row => inRow(meta, row)) : inRow(meta, data);
}

function inRow(meta: EntityMetadata, row: unknown): unknown {
  if (typeof row !== 'object' || row === null || isEntity(row)) return row;
  return inFields(meta.className, meta.properties, row);
}

/** The same object where there is nothing to be changed in it. */
function inFields(path: string, props: Readonly<Record<string, EntityProperty>>, row: object): object {
  const changed: Data = {};
  for (const [name, value] of Object.entries(row)) {
    const prop = Object.hasOwn(props, name) ? props[name] : undefined;
    if (prop === undefined || value == null || isRaw(value)) continue;
    const read = inField(`${path}.${name}`, prop, value);
    if (read !== value) changed[name] = read;
  }
  if (Object.keys(changed).length === 0) return row;
  return Object.assign(Object.create(Object.getPrototypeOf(row) as object) as object, row, changed);
}

function inField(path: string, prop: EntityProperty, value: unknown): unknown {
  if (prop.kind === ReferenceKind.EMBEDDED) {
    if (typeof value !== 'object' || value === null) return value;
    if (!Array.isArray(value)) return inFields(path, prop.embeddedProps, value);
    const items = value.map((item: unknown) => (item === null ? null : inField(path, { ...prop }, item)));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  return isForeignKey(prop) ? asKey(path, prop, value) : value;
}

/** @throws MikroscopeError `InvalidValue` of what is no key of what the relation is to, or has none */
function asKey(path: string, prop: EntityProperty, given: unknown): unknown {
  const value: unknown = Reference.unwrapReference(given as object);
  if (value == null || isRaw(value)) return value;
  if (isToSeveral(prop)) {
    const read = readSeveral(prop, value);
    if (read === undefined) throw unfitFor(path, kindOfSeveral(prop), value);
    if (isEntity(value) && !hasKey(value)) throw withoutKey(path, value);
    return read;
  }
  const { targetMeta: target, targetKey } = prop;
  if (target === undefined) return value;
  const names = targetKey === undefined ? target.primaryKeys : [targetKey];
  const keyIn = (row: object) => {
    const parts = names.map(name => part(path, target, name, Reflect.get(row, name)));
    return parts.length === 1 ? parts[0] : parts;
  };
  if (isEntity(value)) {
    if (!couldBe(target, value)) throw unfitFor(path, `a ${target.className}`, value);
    if (targetKey === undefined && !hasKey(value)) throw withoutKey(path, value);
    return keyIn(value);
  }
  if (Utils.isPlainObject(value)) {
    const isKey = names.every(name => value[name] != null) && Object.keys(value).length === names.length;
    if (!isKey) throw unfitFor(path, `a ${target.className}, or its key as { ${names.join(', ')} },`, value);
    return keyIn(value);
  }
  if (!target.compositePK || !Array.isArray(value) || value.length !== target.primaryKeys.length)
    return value;
  const parts = value.map((each, i) => part(path, target, target.primaryKeys[i] as string, each));
  return parts.some((each, i) => each !== value[i]) ? parts : value;
}

function part(path: string, target: EntityMetadata, name: string, value: unknown): unknown {
  const prop = target.properties[name as never] as EntityProperty;
  return isForeignKey(prop) ? asKey(`${path}.${name}`, prop, value) : value;
}

function withoutKey(path: string, value: object): MikroscopeError {
  return new MikroscopeError(
    'InvalidValue',
    `${path} cannot hold a ${metaOf(value).className} that has no key yet`,
    'add() it and flush() first.',
  );
}
