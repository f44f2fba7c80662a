import type { JsonPart, JsonPartIs, JsonPartType, JsonValueType } from '../../mikro-orm/json-parts.ts';

const CASTS: Partial<Record<JsonPartType, string>> = {
  bigint: 'int8',
  boolean: 'bool',
  decimal: 'numeric',
  number: 'numeric',
};

/** What is extracted is a text. */
export const jsonPart: JsonPart = (extracted, type) =>
  CASTS[type] === undefined ? extracted : `(${extracted})::${CASTS[type]}`;

const NAMES: Readonly<Record<JsonValueType, string>> = {
  boolean: 'boolean',
  number: 'number',
  text: 'string',
};

export const jsonPartIs: JsonPartIs = (extracted, type) =>
  `jsonb_typeof((${extracted})::jsonb) = '${NAMES[type]}'`;
