/**
 * Whether text is a single INSERT of values and nothing else, so that it begins and ends no transaction, and touches no row
 * that is there. To read it as a whole takes as long as to run it, where the values of many rows stand in it.
 */
export function isPlainInsert(sql: string): boolean {
  return (
    /^insert\s/i.test(sql) &&
    !sql.includes(';') &&
    !OTHER_VERBS.test(sql) &&
    !OWN_COLUMN.test(sql) &&
    !FOREIGN.test(sql)
  );
}

/** Also as a part of another word or value: then the text is read. So it is where a function may do more. */
const OTHER_VERBS =
  /with|select|update|delete|merge|replace|truncate|execute|call|u&|dblink|lo_|pg_(?!advisory)|heap_force/i;

/** A column named like the table: to a full-text table of SQLite its value is a command. */
const OWN_COLUMN = /^[^(]*?\b(\w+)\b[^(]*\([^)]*\b\1\b/i;
/** A table whose name cannot be compared like that. */
// oxlint-disable-next-line no-control-regex
const FOREIGN = /^[^(]*[^\0-\x7F]/;
