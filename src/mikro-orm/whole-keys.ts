import { EntityFactory, type MikroORM } from '@mikro-orm/core';

type Create = (this: EntityFactory, type: unknown, key: unknown, ...rest: unknown[]) => object;

/** The classes whose key is one relation to a key of several columns. */
const ofOneRelation = new WeakSet<object>();

/**
 * Refers by the whole key to a row whose key is one relation to a key of several columns. MikroORM takes the first column for
 * the key: it made an object of a row that is not there, which the session took for a new one.
 */
export function referByWholeKeys(orm: MikroORM): void {
  for (const meta of orm.getMetadata().getAll().values()) {
    const [key, ...others] = meta.getPrimaryProps();
    const isOne = others.length === 0 && key?.targetMeta !== undefined && key.fieldNames.length > 1;
    if (isOne) ofOneRelation.add(meta.class);
  }
  takeWholeKeys();
}

let isChanged = false;

/** Forks have factories of their own. */
function takeWholeKeys(): void {
  if (isChanged) return;
  isChanged = true;
  const create = Reflect.get(EntityFactory.prototype, 'createReference') as Create;
  Reflect.set(EntityFactory.prototype, 'createReference', function createReference(
    this: EntityFactory,
    type,
    key,
    ...rest
  ) {
    const isFlat = Array.isArray(key) && key.length > 1 && ofOneRelation.has(classOf(type));
    return Reflect.apply(create, this, [type, isFlat ? [key] : key, ...rest]);
  } satisfies Create);
}

function classOf(type: unknown): object {
  return typeof type === 'function' ? type : (type as { meta: { class: object } }).meta.class;
}
