import { type EntityMetadata, ReferenceKind } from '@mikro-orm/core';

/**
 * The order in which the items of lists are loaded, in MikroORM's form: that of their keys, unless the relation or its
 * entity has another. A server's own order changes with every UPDATE.
 *
 * @param paths the relations that are loaded, as `'books'` or `'books.tags'`
 */
export function listOrder(meta: EntityMetadata, paths: readonly string[]): object[] {
  return paths.flatMap(path => {
    const names = path.split('.');
    const order = lastOrder(meta, names);
    return order === undefined
      ? []
      : [names.reduceRight<object>((inner, name) => ({ [name]: inner }), order)];
  });
}

function lastOrder(meta: EntityMetadata, [name = '', ...rest]: readonly string[]): object | undefined {
  const prop = Object.hasOwn(meta.properties, name) ? Reflect.get(meta.properties, name) : undefined;
  const target = prop?.targetMeta;
  if (prop === undefined || target === undefined) return undefined;
  if (rest.length > 0) return lastOrder(target, rest);
  const isOrdered = prop.orderBy !== undefined || target.orderBy !== undefined || prop.fixedOrder === true;
  const isList = prop.kind === ReferenceKind.ONE_TO_MANY || prop.kind === ReferenceKind.MANY_TO_MANY;
  if (isOrdered || !isList) return undefined;
  return Object.fromEntries(target.primaryKeys.map(key => [key, 'asc']));
}
