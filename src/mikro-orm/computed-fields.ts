import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { metaOf } from './entity-state.ts';

/** Whether the database computes a column. An identity column counts, and may take what it is given. */
export function isComputed({ generated, primary }: EntityProperty): boolean {
  const isIdentity = typeof generated === 'string' && /identity/i.test(generated);
  return generated !== undefined && primary !== true && !isIdentity;
}

/**
 * What is said of a field that rows fill and that MikroORM would write nothing of, and say nothing: one that the database
 * computes, or one that shows the column of another.
 *
 * @returns undefined for any other field
 */
export function refusedAssignment(
  { className, props, properties }: EntityMetadata,
  name: string,
): MikroscopeError | undefined {
  const prop = Reflect.get(properties, name) as EntityProperty | undefined;
  if (prop === undefined) return undefined;
  if (prop.formula !== undefined || isComputed(prop))
    return new MikroscopeError(
      'BadArgument',
      `${className}.${name} is computed by the database and cannot be assigned`,
      'Assign what it is computed from.',
    );
  if (prop.persist !== false || prop.embedded !== undefined) return undefined;
  const holder = props.find(
    ({ persist, fieldNames }) =>
      persist !== false && fieldNames?.some(column => prop.fieldNames?.includes(column)),
  );
  if (holder === undefined) return undefined;
  return new MikroscopeError(
    'BadArgument',
    `${className}.${name} shows the column of ${className}.${holder.name} and cannot be assigned`,
    `Assign ${className}.${holder.name}.`,
  );
}

/**
 * A version that is assigned would be forgotten, or have the row taken for one that somebody else has changed.
 *
 * @throws MikroscopeError `BadArgument` for the version of an entity
 */
export function assertNoVersion(entity: object, name: PropertyKey): void {
  const { className, versionProperty } = metaOf(entity);
  if (versionProperty === undefined || versionProperty !== name) return;
  throw new MikroscopeError(
    'BadArgument',
    `${className}.${versionProperty} is counted with each change and cannot be assigned`,
    `${className}.query.filter({ … }).update({ ${versionProperty}: … }) writes one.`,
  );
}
