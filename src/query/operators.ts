import { type EntityProperty, isRaw, QueryOperator, ReferenceKind } from '@mikro-orm/core';
import { isPlainObject } from '../entity/properties.ts';

/** Operators that compare with a value of the property. */
export const COMPARING: ReadonlySet<string> = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']);
/** Operators that compare with each of several. */
export const ON_LISTS: ReadonlySet<string> = new Set(['$in', '$nin']);
/** Operators with conditions on the members of a collection. */
export const ON_MEMBERS: ReadonlySet<string> = new Set(['$some', '$none', '$every']);
/** Those, and the others about its members. */
export const ON_COLLECTIONS: ReadonlySet<string> = new Set([...ON_MEMBERS, '$size', '$all']);
/** Operators that join whole conditions. */
export const GROUPING: ReadonlySet<string> = new Set(['$and', '$or']);
/** Operators on what a list or an object contains. */
export const CONTAINING: ReadonlySet<string> = new Set([
  '$contains',
  '$contained',
  '$overlap',
  '$hasKey',
  '$hasKeys',
  '$hasSomeKeys',
]);
/** Operators that compare texts with a pattern. */
export const PATTERNS: ReadonlySet<string> = new Set(['$like', '$ilike', '$re']);
/** Those of them that not every database has. */
export const RARE_PATTERNS: ReadonlySet<string> = new Set(['$ilike', '$re']);
export const ORDERING: ReadonlySet<string> = new Set(['$gt', '$gte', '$lt', '$lte']);
export const KNOWN: readonly string[] = [...Object.keys(QueryOperator), '$and', '$or', '$flags'];

export function isOperators(value: object): boolean {
  const names = Object.keys(value);
  return names.length > 0 && names.every(name => name.startsWith('$'));
}

/** What there is or is not is compared with NULL: MikroORM takes what `$exists` says for a value of the property. */
export function withoutExists(operator: string, value: unknown): readonly [string, unknown] {
  return operator === '$exists' && typeof value === 'boolean'
    ? [value ? '$ne' : '$eq', null]
    : [operator, value];
}

/**
 * Takes `$not` out of what a field is compared with: MikroORM knows it only before whole conditions. That of a relation
 * stays where it means the members of a list.
 */
export function takeOutNot(
  value: unknown,
  prop: EntityProperty,
): { readonly kept: unknown; readonly negated: readonly unknown[] } {
  if (!isPlainObject(value)) return { kept: value, negated: [] };
  const isRelation = prop.targetMeta !== undefined && prop.kind !== ReferenceKind.EMBEDDED;
  return isRelation && !isOperators(value) ? { kept: value, negated: [] } : splitNot(value);
}

function splitNot(value: Record<string, unknown>): { kept: unknown; negated: readonly unknown[] } {
  const negated: unknown[] = [];
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (name === '$not') {
      negated.push(inner);
      continue;
    }
    const part = name.startsWith('$') || !isPlainObject(inner) ? undefined : splitNot(inner);
    negated.push(...(part?.negated ?? []).map(each => ({ [name]: each })));
    const left = part === undefined ? inner : part.kept;
    if (left !== undefined || part === undefined || part.negated.length === 0) kept[name] = left;
  }
  return { kept: negated.length > 0 && Object.keys(kept).length === 0 ? undefined : kept, negated };
}

/** Whether a value is none that an operator on lists takes. */
export function isNoList(value: unknown): boolean {
  return value !== undefined && !Array.isArray(value) && !isRaw(value) && !isQueryBuilder(value);
}

/** A query within the query. */
export function isQueryBuilder(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'getNativeQuery' in value;
}
