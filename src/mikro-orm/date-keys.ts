import { type EntityMetadata, helper, type MikroORM, Utils } from '@mikro-orm/core';

/**
 * Tells rows apart whose keys of several parts have dates within one second. The text by which MikroORM knows an object has
 * such a date as JavaScript shows it, and so two rows would be one: changes to the other were never written.
 */
export function tellDatesApart(orm: MikroORM): void {
  for (const meta of orm.getMetadata().getAll().values())
    if (meta.compositePK && datesOf(meta).length > 0) writeDatesWhole(meta);
}

function datesOf({ primaryKeys, properties }: EntityMetadata): readonly string[] {
  return primaryKeys.filter(name => {
    const { customType, runtimeType } = Reflect.get(properties, name);
    return customType === undefined && runtimeType === 'Date';
  });
}

function writeDatesWhole(meta: EntityMetadata): void {
  const own = Object.getOwnPropertyDescriptor(meta.prototype, '__helper');
  if (own?.get === undefined) return;
  Object.defineProperty(meta.prototype, '__helper', {
    ...own,
    get(this: object): unknown {
      const wrapped = own.get?.call(this) as ReturnType<typeof helper>;
      wrapped.getSerializedPrimaryKey = () =>
        Utils.getPrimaryKeyHash(partsOf(meta, this) as string[]) as never;
      return wrapped;
    },
  });
}

/** The parts of the key as MikroORM writes them, in which dates stay dates: its hash writes these whole. */
function partsOf(meta: EntityMetadata, entity: object): unknown[] {
  const wrapped = helper(entity);
  // A relation has let go of what is in the key.
  if (wrapped.__pk !== undefined) return Utils.flatten(wrapped.getPrimaryKey(true) as unknown[][], true);
  return meta.primaryKeys.map(name => {
    const value: unknown = Reflect.get(entity, name);
    const { customType } = Reflect.get(meta.properties, name);
    if (Utils.isEntity(value, true)) return helper(value).getSerializedPrimaryKey();
    return customType === undefined ? value : customType.convertToDatabaseValue(value, wrapped.__platform);
  });
}
