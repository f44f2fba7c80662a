import {
  BigIntType,
  DecimalType,
  type EntityMetadata,
  type EntityProperty,
  ReferenceKind,
} from '@mikro-orm/core';
import { isPlainObject } from '../entity/properties.ts';
import { MikroscopeError } from '../errors.ts';
import { notComparable } from './condition-errors.ts';
import { COMPARING, GROUPING, ON_COLLECTIONS, ORDERING } from './operators.ts';

/** @throws MikroscopeError `InvalidQuery` for an operator that says nothing of what a property holds */
export function assertApplies(prop: EntityProperty, operator: string, name: string): void {
  if (ON_COLLECTIONS.has(operator) && !isList(prop))
    throw new MikroscopeError(
      'InvalidQuery',
      `'${operator}' is about the members of a list of entities, and ${name} is none`,
      'Compare its value.',
    );
  if (GROUPING.has(operator) && prop.targetMeta === undefined)
    throw new MikroscopeError(
      'InvalidQuery',
      `'${operator}' joins conditions, and cannot stand within that on ${name}`,
      `Write { ${operator}: [{ ${prop.name}: … }, { ${prop.name}: … }] }.`,
    );
}

/** @throws MikroscopeError `InvalidQuery` for an operator on an embedded object that has no column of its own */
export function assertHasColumn({ object, array }: EntityProperty, operator: string, name: string): void {
  if (object === true || array === true) return;
  throw new MikroscopeError(
    'InvalidQuery',
    `'${operator}' cannot be asked of ${name}, whose fields have columns of their own`,
    `Ask it of a field, or put conditions on ${name} into a list beside it.`,
  );
}

/** @throws MikroscopeError `InvalidQuery`, as MikroORM puts no operator on a key of several parts into SQL */
export function assertSingleKey(
  { compositePK, className, primaryKeys }: EntityMetadata,
  operator: string,
): void {
  if (!compositePK) return;
  throw new MikroscopeError(
    'InvalidQuery',
    `The key of ${className} has several parts, which '${operator}' cannot compare at once`,
    `Write { $or: [{ ${primaryKeys.map(part => `${part}: …`).join(', ')} }, …] }.`,
  );
}

/**
 * In a list of embedded objects a field is compared as JSON has it, and there are texts for what a number is not exact for.
 *
 * @throws MikroscopeError `InvalidQuery`
 */
export function assertComparable(name: string, { customType }: EntityProperty, value: unknown): void {
  const { mode } = (customType ?? {}) as { readonly mode?: string };
  if (value === null || mode === 'number') return;
  const names = isPlainObject(value) ? Object.keys(value) : ['$eq'];
  const isDecimal = customType instanceof DecimalType;
  if (!isDecimal && !(customType instanceof BigIntType)) return;
  const refused = names.find(operator => ORDERING.has(operator) || (isDecimal && COMPARING.has(operator)));
  if (refused !== undefined) throw notComparable(name, refused);
}

/** Whether a property holds a list of entities. */
export function isList({ kind }: EntityProperty): boolean {
  return kind === ReferenceKind.ONE_TO_MANY || kind === ReferenceKind.MANY_TO_MANY;
}
