import { type EntityProperty, helper, ReferenceKind, ScalarReference } from '@mikro-orm/core';
import { adoptPlain } from './embedded-class.ts';
import { hasRow } from './entity-state.ts';

/**
 * A scalar that is read through a reference is put into one: MikroORM takes nothing else there, and null itself for what was
 * not read. A plain object that is embedded becomes one of the class.
 */
export function asHeld(entity: object, name: string, value: unknown): unknown {
  const prop = Reflect.get(helper(entity).__meta.properties, name) as EntityProperty;
  const { kind, ref } = prop;
  if (kind === ReferenceKind.EMBEDDED) adoptPlain(prop, value);
  const isBare = value === undefined || (value === null && !hasRow(entity));
  const isHeld = ref !== true || kind !== ReferenceKind.SCALAR || isBare || value instanceof ScalarReference;
  return isHeld ? value : new ScalarReference(value, true);
}
