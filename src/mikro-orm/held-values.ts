import { ReferenceKind, ScalarReference } from '@mikro-orm/core';
import { adoptPlain } from './embedded-class.ts';
import { hasRow, metaOf } from './entity-state.ts';

/**
 * A scalar that is read through a reference is put into one: MikroORM takes nothing else there, and null itself for what was
 * not read. A plain object that is embedded becomes one of the class.
 */
export function asHeld(entity: object, name: string, value: unknown): unknown {
  const prop = Reflect.get(metaOf(entity).properties, name);
  const { kind, ref } = prop;
  if (kind === ReferenceKind.EMBEDDED) adoptPlain(prop, value);
  if (ref !== true || kind !== ReferenceKind.SCALAR || value instanceof ScalarReference) return value;
  const isBare = value === undefined || (value === null && !hasRow(entity));
  return isBare ? value : new ScalarReference(value, true);
}
