import { Collection, EntityFactory, type EntityMetadata, Reference, ReferenceKind } from '@mikro-orm/core';
import { isEntity } from './entity-state.ts';

type Data = Readonly<Record<string, unknown>>;
type Extract = (this: EntityFactory, meta: EntityMetadata, data: Data, options: object) => unknown[];

let isKept = false;

/**
 * Keeps what is no entity yet in the lists of the data of `em.create()` from a constructor that takes all fields: its lists
 * take entities only. MikroORM makes them, and fills the lists, once there is the entity that they belong to.
 */
export function makeNestedLists(): void {
  if (isKept) return;
  isKept = true;
  const extract = Reflect.get(EntityFactory.prototype, 'extractConstructorParams') as Extract;
  Reflect.set(EntityFactory.prototype, 'extractConstructorParams', function (meta, data, options) {
    return Reflect.apply(extract, this, [meta, withoutNested(meta, data), options]);
  } satisfies Extract);
}

function withoutNested({ constructorParams = [], relations }: EntityMetadata, data: Data): Data {
  const nested = relations.filter(({ kind, name }) => {
    if (kind !== ReferenceKind.ONE_TO_MANY && kind !== ReferenceKind.MANY_TO_MANY) return false;
    // MikroORM does not fill a list that is a parameter by itself.
    return !constructorParams.includes(name) && isNested(data[name]);
  });
  if (nested.length === 0) return data;
  return { ...data, ...Object.fromEntries(nested.map(({ name }) => [name, []])) };
}

function isNested(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Collection) return false;
  return !Array.isArray(value) || value.some(item => !isEntity(Reference.unwrapReference(item as object)));
}
