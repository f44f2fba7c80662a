/**
 * What PostgreSQL does at once and for good, in a transaction or not: some of it on another connection or in a file, and
 * some of it in a query that it is given as a text.
 */
const AT_ONCE =
  /^(?:setval|dblink\w*|lo_export|pg_file_\w+|pg_\w*replication\w*|pg_logical_\w+|pg_stat_\w*reset\w*|pg_terminate_backend|pg_reload_conf|pg_promote|pg_rotate_logfile|pg_switch_wal|pg_create_restore_point|(?:query|table|cursor|schema|database)_to_xml\w*|ts_stat|ts_rewrite|crosstab\w*|connectby|xpath_table)$/;

/** Large objects, which a read-only transaction can write before PostgreSQL 16. */
const LARGE_OBJECTS = /^(?:lo_(?:creat|create|unlink|import|put|from_bytea|truncate|truncate64)|lowrite)$/;

/** The first of some functions of PostgreSQL, in lower case, whose work no ROLLBACK takes back. */
export function lastingFunction(functions: readonly string[]): string | undefined {
  return functions.find(name => AT_ONCE.test(name));
}

/** The first of some functions of PostgreSQL, in lower case, that writes even in a read-only transaction. */
export function writingFunction(functions: readonly string[]): string | undefined {
  return functions.find(name => AT_ONCE.test(name) || LARGE_OBJECTS.test(name));
}
