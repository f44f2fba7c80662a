import { Reference, ReferenceKind, ScalarReference } from '@mikro-orm/core';
import { adoptPlain } from './embedded-class.ts';
import { hasRow, isEntity, metaOf } from './entity-state.ts';

/**
 * What is read through a reference is put into one: of a scalar MikroORM takes nothing else, and null itself for what was not
 * read; an entity it would leave as it is until the next commit. A plain object that is embedded becomes one of the class.
 */
export function asHeld(entity: object, name: string, value: unknown): unknown {
  const prop = Reflect.get(metaOf(entity).properties, name);
  const { kind, ref } = prop;
  if (kind === ReferenceKind.EMBEDDED) adoptPlain(prop, value);
  if (ref !== true) return value;
  if (isEntity(value)) return Reference.wrapReference(value, prop);
  if (kind !== ReferenceKind.SCALAR || value instanceof ScalarReference) return value;
  const isBare = value === undefined || (value === null && !hasRow(entity));
  return isBare ? value : new ScalarReference(value, true);
}
