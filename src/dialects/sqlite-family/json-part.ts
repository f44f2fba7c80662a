import type { JsonPart, JsonPartIs, JsonPartType, JsonValueType } from '../../mikro-orm/json-parts.ts';

/** Texts in JSON, as a number there is not exact. */
const CASTS: Partial<Record<JsonPartType, string>> = { bigint: 'integer', decimal: 'numeric' };

export const jsonPart: JsonPart = (extracted, type) =>
  CASTS[type] === undefined ? extracted : `cast(${extracted} as ${CASTS[type]})`;

const NAMES: Readonly<Record<JsonValueType, string>> = {
  boolean: "'true', 'false'",
  number: "'integer', 'real'",
  text: "'text'",
};

/** What is extracted has the types of SQLite, which has no booleans. */
export const jsonPartIs: JsonPartIs = (extracted, type) =>
  `${extracted.replace(/^json_extract/, 'json_type')} in (${NAMES[type]})`;
