import { isRaw } from '@mikro-orm/core';
import { types } from 'node:util';
import { isPlainObject } from '../entity/properties.ts';
import { MikroscopeError } from '../errors.ts';
import { metByAll, noList, notComparable, noValue } from './condition-errors.ts';
import { COMPARING, isNoList, ON_LISTS, withoutExists } from './operators.ts';

/**
 * Values as they are compared with a part of JSON: in JSON a date is a text, and MikroORM would compare with what a column
 * holds.
 */
export function inJson(value: unknown, path: string, assertOperator: (operator: string) => void): unknown {
  if (types.isDate(value)) return value.toISOString();
  if (Array.isArray(value)) return value.map(each => inJson(each, path, assertOperator));
  if (!isPlainObject(value)) return value;
  if (Object.keys(value).length === 0) throw metByAll(path);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const [operator, compared] = withoutExists(name, inner);
      const isOperator = operator.startsWith('$');
      const inside = isOperator ? path : `${path}.${name}`;
      if (inner === undefined) throw noValue(inside);
      if (isOperator) assertOperator(operator);
      if (ON_LISTS.has(operator) && isNoList(compared)) throw noList(path, operator);
      // A database keeps the form of a list in JSON, with spaces or without.
      if (COMPARING.has(operator) && Array.isArray(compared)) throw notComparable('A list in JSON', operator);
      const read = inJson(compared, inside, assertOperator);
      if (!isOperator || ON_LISTS.has(operator)) assertOneType(inside, read);
      return [operator, read];
    }),
  );
}

/** @throws MikroscopeError `InvalidQuery` for values in JSON of which some cannot be equal to what others are */
function assertOneType(name: string, compared: unknown): void {
  if (!Array.isArray(compared)) return;
  const given = new Set(compared.filter(value => value !== null && !isRaw(value)).map(value => typeof value));
  if (given.size <= 1) return;
  throw new MikroscopeError(
    'InvalidQuery',
    `${name} is compared with values of several types: ${[...given].join(', ')}`,
    'Write { $or: […] } with one condition for each.',
  );
}
