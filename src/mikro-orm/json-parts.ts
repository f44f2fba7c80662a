import {
  BigIntType,
  DecimalType,
  type EntityProperty,
  isRaw,
  type MikroORM,
  raw,
  Utils,
} from '@mikro-orm/core';

/** What a part of JSON is compared as. */
export type JsonPartType = 'bigint' | 'boolean' | 'decimal' | 'number' | 'text';

/**
 * Makes SQL for a part of JSON that is compared, such as `json_extract(…)`, an expression of the type of its values. It is
 * NULL where the part is null.
 */
export type JsonPart = (extracted: string, type: JsonPartType) => string;

/** Makes SQL for whether a part of JSON, as JSON, is of a type. */
export type JsonPartIs = (extracted: string, type: JsonValueType) => string;

export type JsonValueType = 'boolean' | 'number' | 'text';

interface Platform {
  getSearchJsonPropertyKey(path: string[], type: string, aliased: unknown, value?: unknown): { sql: string };
}

/**
 * Compares the fields of embedded objects that are kept as JSON by their types, and the parts of any other JSON by the type
 * of what they are compared with. MikroORM compares them as whatever the database extracts: a text is not ordered as a
 * number is, and JSON's null need not be NULL.
 */
export function compareJsonParts(orm: MikroORM, jsonPart: JsonPart, jsonPartIs: JsonPartIs): void {
  const platform = orm.driver.getPlatform() as unknown as Platform;
  const search = platform.getSearchJsonPropertyKey.bind(platform);
  for (const { props } of orm.getMetadata().getAll().values())
    for (const prop of props) {
      if (prop.embeddedPath === undefined || prop.fieldNameRaw === undefined) continue;
      const { sql } = search([...prop.embeddedPath], 'string', true);
      prop.fieldNameRaw = jsonPart(sql, typeOf(prop.targetMeta?.getPrimaryProp() ?? prop));
    }
  platform.getSearchJsonPropertyKey = (path, type, aliased, value) => {
    if (isList(value)) return search(path, type, aliased, value);
    const { sql: text } = search([...path], 'string', aliased);
    const isThere = jsonPart(text, 'text');
    const compared = comparedWith(value);
    const [first] = compared.values;
    if (first === undefined) return raw(isThere);
    const { sql: json } = search([...path], 'string', aliased, { $contains: [] });
    const otherwise = compared.isOrdered ? 'null' : differentFrom(compared.values);
    const as = valueType(first);
    return raw(
      `case when ${jsonPartIs(json, as)} then ${jsonPart(text, as)} when ${isThere} is not null then ${otherwise} end`,
    );
  };
}

/** What a part is compared with, and whether in any way in which values of another type are neither met nor unmet. */
function comparedWith(value: unknown): {
  readonly values: readonly unknown[];
  readonly isOrdered: boolean;
} {
  const operators = Utils.isPlainObject<Record<string, unknown>>(value) ? value : { $eq: value };
  const values = Object.values(operators).flat();
  return {
    values: values.filter(each => each !== null && each !== undefined && !isRaw(each)),
    isOrdered:
      values.some(each => each instanceof RegExp) || Object.keys(operators).some(name => !EQUAL.has(name)),
  };
}

const EQUAL: ReadonlySet<string> = new Set(['$eq', '$ne', '$in', '$nin']);

function valueType(value: unknown): JsonValueType {
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'text';
}

/** A value of their type that is none of these, for what is of another type: it is unequal, and not unknown as NULL is. */
function differentFrom(values: readonly unknown[]): string {
  const texts = new Set(values.map(String));
  const isOther = (value: unknown) => !texts.has(String(value));
  // One of so many is not among them.
  const number = [...values.keys(), values.length].find(isOther);
  switch (valueType(values[0])) {
    case 'boolean':
      return String([false, true].find(isOther) ?? null);
    case 'number':
      return String(number);
    default:
      return `'${number}'`;
  }
}

function typeOf({ customType, runtimeType }: EntityProperty): JsonPartType {
  if (customType instanceof BigIntType) return 'bigint';
  if (customType instanceof DecimalType) return 'decimal';
  if (runtimeType === 'boolean') return 'boolean';
  return runtimeType === 'number' ? 'number' : 'text';
}

/** Whether it is a condition on a list that the part holds. */
function isList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some(name => LISTS.has(name));
}

const LISTS: ReadonlySet<string> = new Set(['$contains', '$contained', '$overlap', '$elemMatch']);
