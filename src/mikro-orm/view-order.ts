import type { DatabaseView, SqlSchemaGenerator } from '@mikro-orm/sqlite';

type Sort = (views: readonly DatabaseView[]) => DatabaseView[];

/** A view that is made of others comes before them: the order to drop them in. MikroORM sorts them to create them. */
export function dependentFirst(
  generator: SqlSchemaGenerator,
  views: readonly DatabaseView[],
): DatabaseView[] {
  const sort = Reflect.get(generator, 'sortViewsByDependencies') as Sort;
  return sort.call(generator, views).toReversed();
}
