import { BigIntType, DecimalType, type EntityProperty, type MikroORM, raw } from '@mikro-orm/core';

/** What a part of JSON is compared as. */
export type JsonPartType = 'bigint' | 'boolean' | 'decimal' | 'number' | 'text';

/**
 * Makes SQL for a part of JSON that is compared, such as `json_extract(…)`, an expression of the type of its values. It is
 * NULL where the part is null.
 */
export type JsonPart = (extracted: string, type: JsonPartType) => string;

interface Platform {
  getSearchJsonPropertyKey(path: string[], type: string, aliased: unknown, value?: unknown): { sql: string };
}

/**
 * Compares the fields of embedded objects that are kept as JSON by their types. MikroORM compares them as whatever the
 * database extracts: a text is not ordered as a number is, and JSON's null need not be NULL.
 *
 * @param comparesValues whether the parts of any other JSON need it as well, by the types of what they are compared with
 */
export function compareJsonParts(orm: MikroORM, jsonPart: JsonPart, comparesValues: boolean): void {
  const platform = orm.driver.getPlatform() as unknown as Platform;
  const search = platform.getSearchJsonPropertyKey.bind(platform);
  for (const { props } of orm.getMetadata().getAll().values())
    for (const prop of props) {
      if (prop.embeddedPath === undefined || prop.fieldNameRaw === undefined) continue;
      const { sql } = search([...prop.embeddedPath], 'string', true);
      prop.fieldNameRaw = jsonPart(sql, typeOf(prop.targetMeta?.getPrimaryProp() ?? prop));
    }
  if (!comparesValues) return;
  platform.getSearchJsonPropertyKey = (path, type, aliased, value) => {
    const extracted = search(path, type, aliased, value);
    const compared = TYPES[type];
    return compared === undefined || isList(value) ? extracted : raw(jsonPart(extracted.sql, compared));
  };
}

const TYPES: Readonly<Record<string, JsonPartType>> = {
  bigint: 'bigint',
  boolean: 'boolean',
  number: 'number',
  string: 'text',
  // null, which has no other type
  object: 'text',
};

function typeOf({ customType, runtimeType }: EntityProperty): JsonPartType {
  if (customType instanceof BigIntType) return 'bigint';
  if (customType instanceof DecimalType) return 'decimal';
  return TYPES[runtimeType] ?? 'text';
}

/** Whether it is a condition on a list that the part holds. */
function isList(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some(name => LISTS.has(name));
}

const LISTS: ReadonlySet<string> = new Set(['$contains', '$contained', '$overlap', '$elemMatch']);
