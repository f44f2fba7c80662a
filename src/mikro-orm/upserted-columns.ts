import type { EntityClass } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

interface Builder {
  merge(data?: unknown): unknown;
}

type Create = (type: EntityClass<object>, ...rest: unknown[]) => Builder;

const patched = new WeakSet<object>();

/**
 * Has an upsert set all columns of a relation to a row with a composite key. MikroORM names the first one alone, so that the row
 * refers to half of what it was given, and half of what it had.
 */
export function setWholeReferences(em: SqlEm): void {
  const driver = em.getDriver();
  if (patched.has(driver)) return;
  patched.add(driver);
  replaceMethod<Create>(driver, 'createQueryBuilder', create => (type, ...rest) => {
    const builder = create(type, ...rest);
    const meta = em.getMetadata().find(type);
    if (meta === undefined || meta.relations.every(({ fieldNames }) => !(fieldNames?.length > 1)))
      return builder;
    const columns = (name: string) =>
      (Object.hasOwn(meta.properties, name) &&
        meta.relations.find(prop => prop.name === name)?.fieldNames) || [name];
    replaceMethod<Builder['merge']>(
      builder,
      'merge',
      merge => data => merge(Array.isArray(data) ? (data as string[]).flatMap(columns) : data),
    );
    return builder;
  });
}
