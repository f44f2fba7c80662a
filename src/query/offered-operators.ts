import { ArrayType, type EntityProperty, JsonType, ReferenceKind } from '@mikro-orm/core';
import type { Values } from '../entity/values/values.ts';
import { isList } from './applicable.ts';
import {
  COMPARING,
  CONTAINING,
  GROUPING,
  ON_LISTS,
  ON_MEMBERS,
  ORDERING,
  RARE_PATTERNS,
} from './operators.ts';

/** Operators that join whole conditions, or turn one round. */
export const joiningOperators: readonly string[] = [...GROUPING, '$not'];

const equality = [...COMPARING].filter(operator => !ORDERING.has(operator));
const onAny = [...equality, ...ON_LISTS, '$not', '$exists'];

/** The operators that conditions on a property take, those first that say most of its kind. */
export function operatorsFor(values: Values, prop: EntityProperty): readonly string[] {
  if (isList(prop)) return [...ON_MEMBERS, '$size'];
  if (prop.kind === ReferenceKind.EMBEDDED) return [...GROUPING, '$not'];
  if (prop.targetMeta !== undefined) return prop.targetMeta.compositePK ? equality : onAny;
  const containing = values.comparesContents ? [...CONTAINING] : [];
  if (prop.customType instanceof ArrayType)
    return [...containing.filter(isOfLists), ...equality, '$not', '$exists'];
  if (prop.customType instanceof JsonType)
    return [...containing.filter(name => name !== '$overlap'), ...onAny];
  const { label } = values.kindOf(prop);
  if (label === 'a boolean') return [...equality, '$not', '$exists'];
  const isText = label === 'a text' || label.startsWith('one of');
  const patterns = ['$like', ...(values.matchesPatterns ? RARE_PATTERNS : [])];
  return [...COMPARING, ...ON_LISTS, ...(isText ? patterns : []), '$not', '$exists'];
}

/** Lists have no keys. */
function isOfLists(operator: string): boolean {
  return !operator.includes('Key');
}
