import type { JsonPart, JsonPartType } from '../../mikro-orm/json-parts.ts';

/** Texts in JSON, as a number there is not exact. */
const CASTS: Partial<Record<JsonPartType, string>> = { bigint: 'integer', decimal: 'numeric' };

export const jsonPart: JsonPart = (extracted, type) =>
  CASTS[type] === undefined ? extracted : `cast(${extracted} as ${CASTS[type]})`;
