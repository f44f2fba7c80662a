import type { EntityMetadata, MikroORM, PopulateOptions } from '@mikro-orm/core';
import { lazyFieldsOf } from './lazy-fields.ts';

type Options = { readonly populate?: readonly PopulateOptions<object>[] };
type Build = (meta: EntityMetadata, where: object, options: Options) => Promise<unknown>;

/**
 * Reads the lazy fields of a class whose rows other tables go on. MikroORM lists the columns itself where one is left out,
 * and joins no other table then: rows of a subclass come as rows of the base class.
 */
export function readSpreadWhole({ driver }: MikroORM): void {
  const own = driver as unknown as { createQueryBuilderFromOptions: Build };
  const build = own.createQueryBuilderFromOptions.bind(driver);
  own.createQueryBuilderFromOptions = (meta, where, options) => {
    if (!meta.allTPTDescendants?.length) return build(meta, where, options);
    const lazy = lazyFieldsOf(meta).map(field => ({ field }) as PopulateOptions<object>);
    return build(meta, where, { ...options, populate: [...(options.populate ?? []), ...lazy] });
  };
}
