import type { DatabaseView, SqlSchemaGenerator } from '@mikro-orm/sqlite';

type Sort = (views: readonly DatabaseView[]) => DatabaseView[];

/** Views in the order to drop them: each before those that it is made of. MikroORM sorts them to create them. */
export function dependentFirst(
  generator: SqlSchemaGenerator,
  views: readonly DatabaseView[],
): DatabaseView[] {
  const sort = Reflect.get(generator, 'sortViewsByDependencies') as Sort;
  return sort.call(generator, views).toReversed();
}
