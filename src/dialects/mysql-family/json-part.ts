import type { JsonPart, JsonPartIs, JsonPartType, JsonValueType } from '../../mikro-orm/json-parts.ts';

const AS: Readonly<Record<JsonPartType, (text: string) => string>> = {
  bigint: text => `cast(${text} as signed)`,
  boolean: text => `${text} = 'true'`,
  decimal: text => `cast(${text} as decimal(65, 30))`,
  // A text that is compared with a number is taken for one.
  number: text => text,
  text: text => text,
};

/** What is extracted is JSON: a text is in quotes, and null is not NULL. */
export const jsonPart: JsonPart = (extracted, type) =>
  `if(json_type(${extracted}) = 'NULL', null, ${AS[type](`json_unquote(${extracted})`)})`;

const NAMES: Readonly<Record<JsonValueType, string>> = {
  boolean: "'BOOLEAN'",
  number: "'INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL'",
  text: "'STRING'",
};

export const jsonPartIs: JsonPartIs = (extracted, type) => `json_type(${extracted}) in (${NAMES[type]})`;
