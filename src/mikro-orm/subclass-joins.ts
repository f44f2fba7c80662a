import type { EntityMetadata, EntityProperty, MikroORM } from '@mikro-orm/core';

interface Join {
  readonly prop: EntityProperty;
}
type JoinExpression = (this: object, join: Join, ...rest: unknown[]) => unknown;

const mended = new WeakSet<object>();

/**
 * Joins rows of subclasses, too, where a relation is to a class that shares its table with them. MikroORM joins those of the
 * class alone: a row that refers to another is left out, by `populate()`, conditions, orders and lists.
 */
export function joinSubclasses(orm: MikroORM): void {
  const helper = joinHelper(orm);
  if (helper === undefined || mended.has(helper)) return;
  mended.add(helper);
  const method = Reflect.get(helper, 'createJoinExpression') as JoinExpression;
  Reflect.set(helper, 'createJoinExpression', function (join, ...rest) {
    const values = discriminators(join.prop.targetMeta);
    if (values.length < 2) return Reflect.apply(method, this, [join, ...rest]);
    const discriminatorValue = { $in: values };
    const targetMeta = Object.create(join.prop.targetMeta as object, {
      discriminatorValue: { value: discriminatorValue },
    }) as object;
    const prop = Object.create(join.prop, { targetMeta: { value: targetMeta } }) as object;
    return Reflect.apply(method, this, [{ ...join, prop }, ...rest]);
  } satisfies JoinExpression);
}

/** What the query builders of a database have in common that writes their joins; undefined where no table is shared. */
export function joinHelper(orm: MikroORM): object | undefined {
  const shared = [...orm.getMetadata().getAll().values()].find(meta => discriminators(meta).length > 1);
  if (shared === undefined || !('createQueryBuilder' in orm.driver)) return undefined;
  const create = orm.driver.createQueryBuilder as (type: unknown) => object;
  const builder = Reflect.apply(create, orm.driver, [shared.class]);
  return Object.getPrototypeOf(Reflect.get(builder, 'helper') as object) as object;
}

/** What stands in the rows of a class and its subclasses where they share a table. */
function discriminators(meta: EntityMetadata | undefined): string[] {
  if (meta?.root.inheritanceType !== 'sti' || meta.discriminatorValue === undefined) return [];
  const classes = Object.entries(meta.root.discriminatorMap ?? {});
  return classes.flatMap(([value, type]) =>
    type === meta.class || type.prototype instanceof meta.class ? [value] : [],
  );
}
