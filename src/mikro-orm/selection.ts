import { type EntityMetadata, type MikroORM, raw, Utils } from '@mikro-orm/core';
import type { QueryBuilder } from '@mikro-orm/sqlite';
import type { SqlEm } from './orm.ts';

type Builder = QueryBuilder;
type Build = (meta: EntityMetadata, where: object, options: object) => Promise<Builder>;

/** Marks the options of a find that asks for its query builder, and not for rows. */
const ASKED = Symbol('asked for the builder');

/** What such a find ends with. */
class Built {
  readonly builder: Builder;

  constructor(builder: Builder) {
    this.builder = builder;
  }
}

/** Lets {@link selection} have the query builders that MikroORM makes. */
export function handOutBuilders({ driver }: MikroORM): void {
  const own = driver as unknown as { createQueryBuilderFromOptions: Build };
  const build = own.createQueryBuilderFromOptions.bind(driver);
  own.createQueryBuilderFromOptions = async (meta, where, options) => {
    const builder = await build(meta, where, options);
    // What is thrown is no error, and nothing but it comes out of the find before SQL runs.
    // oxlint-disable-next-line typescript/only-throw-error
    if (ASKED in options) throw new Built(builder);
    return builder;
  };
}

/** The query that `em.find()` would run, with the filters of related entities in it, of which only the keys are selected. */
export async function selection(
  em: SqlEm,
  meta: EntityMetadata,
  where: object,
  options: object,
): Promise<Builder> {
  try {
    await em.find(meta.class, where, { ...options, [ASKED]: true } as object);
  } catch (built) {
    if (built instanceof Built) return built.builder.select(meta.primaryKeys as never);
    throw built;
  }
  throw new TypeError(`${meta.className} has no table`);
}

/**
 * The conditions of an UPDATE or DELETE of the rows that a find with these conditions gives. MikroORM leaves out the filters
 * of related entities there, and looks for the columns of base classes in the table of the class.
 */
export async function sameRows(em: SqlEm, meta: EntityMetadata, where: object): Promise<object> {
  const builder = await selection(em, meta, where, { flushMode: 'commit' });
  if (Object.keys(builder.state.joins).length === 0 && meta.tptParent === undefined) return where;
  // MySQL selects from a table that is written only if the query is in one more.
  const keys = em.getPlatform().createNativeQueryBuilder();
  const fields = meta.getPrimaryProps().flatMap(({ fieldNames }) => fieldNames);
  const { sql, params } = keys.select(fields).from(builder.getNativeQuery().as('shown')).compile();
  return { [Utils.getPrimaryKeyHash(meta.primaryKeys)]: { $in: raw(sql, params as never) } };
}
