import type { JsonPart, JsonPartType } from '../../mikro-orm/json-parts.ts';

const CASTS: Partial<Record<JsonPartType, string>> = {
  bigint: 'int8',
  boolean: 'bool',
  decimal: 'numeric',
  number: 'float8',
};

/** What is extracted is a text. */
export const jsonPart: JsonPart = (extracted, type) =>
  CASTS[type] === undefined ? extracted : `(${extracted})::${CASTS[type]}`;
