import { ChangeSet, type EntityMetadata, type MikroORM, Utils } from '@mikro-orm/core';

type ByMeta = (this: unknown, key: unknown, meta: EntityMetadata, ...rest: unknown[]) => unknown;
type Row = Readonly<Record<string, unknown>>;
type KeyOf = (this: ChangeSet<object>, isObject?: boolean) => unknown;

/** The classes whose key is one relation to a key of several columns. */
const ofOneRelation = new WeakSet<object>();

/**
 * Takes the key of a row as a whole where it is one relation to a key of several columns. MikroORM takes the first column for
 * it: a reference was to a row that is not there, which the session took for a new one, and where what it refers to has such a
 * key as well, each query made another object of the row, and no update found it.
 */
export function takeWholeKeys(orm: MikroORM): void {
  for (const meta of orm.getMetadata().getAll().values()) {
    const [key, ...others] = meta.getPrimaryProps();
    const isOne = others.length === 0 && key?.targetMeta !== undefined && key.fieldNames.length > 1;
    if (isOne) ofOneRelation.add(meta.class);
  }
  if (isChanged) return;
  isChanged = true;
  takeInLists();
  takeInChanges();
}

let isChanged = false;

/** The columns of a key in a list are those of its one part. */
function takeInLists(): void {
  for (const name of ['getPrimaryKeyCondFromArray', 'getOrderedPrimaryKeys']) {
    const find = Reflect.get(Utils, name) as ByMeta;
    Reflect.set(Utils, name, function (this: unknown, key, meta, ...rest) {
      const isFlat = Array.isArray(key) && key.length > 1 && ofOneRelation.has(meta.class);
      return Reflect.apply(find, this, [isFlat ? [key] : key, meta, ...rest]);
    } satisfies ByMeta);
  }
}

/** MikroORM does so where the relation is to a class whose own key is of several parts. */
function takeInChanges(): void {
  const keyOf = Reflect.get(ChangeSet.prototype, 'getPrimaryKey') as KeyOf;
  Reflect.set(ChangeSet.prototype, 'getPrimaryKey', function (this: ChangeSet<object>, isObject) {
    if (!ofOneRelation.has(this.meta.class)) return Reflect.apply(keyOf, this, [isObject]);
    const key = Reflect.apply(keyOf, this, []);
    const columns = Utils.isPlainObject<Row>(key) ? partsOf(this.meta, key) : key;
    return isObject === true ? { [this.meta.getPrimaryProp().name]: columns } : columns;
  } satisfies KeyOf);
}

/** The parts of a key that are given by their names, which those of the last class in the chain of relations have. */
function partsOf(meta: EntityMetadata, key: Row): unknown[] {
  const { targetMeta } = meta.getPrimaryProp();
  return targetMeta === undefined || meta.compositePK
    ? meta.primaryKeys.map(name => key[name])
    : partsOf(targetMeta, key);
}
