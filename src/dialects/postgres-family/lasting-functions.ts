/** What runs a query that it is given as a text. */
const RUNNING_TEXT =
  '(?:query|table|cursor|schema|database)_to_xml\\w*|ts_stat|ts_rewrite|crosstab\\w*|connectby|xpath_table';

/** What PostgreSQL's own tables and views are called, which may stand after the name of their schema. */
const NO_VIEW = '(?!pg_(?:stat_)?replication(?:_slots|_origin|_origin_status)?$)';

/**
 * What the functions of PostgreSQL and of its own extensions do that a transaction does not hold back, by what they do
 * it to. A test goes through all volatile functions of a server, so that none is overlooked: what is not here was looked
 * at, too. What other extensions bring along is not known.
 */
const AT_ONCE = [
  // sequences, and the counter of object ids
  'setval|nextval|pg_nextoid',
  // other connections, to this server or another one
  'dblink\\w*|pg_(?:cancel|terminate)_backend',
  // files of the server
  'lo_export|pg_file_(?!settings$)\\w+|autoprewarm_\\w+|pg_rotate_logfile\\w*|pg_log_(?:backend_memory_contexts|standby_snapshot)',
  // backups, the log of writes, and what replicates it
  'pg_(?:start_backup|stop_backup|backup_start|backup_stop|create_restore_point|switch_wal|switch_xlog|promote)',
  `pg_(?:wal|xlog)_replay_(?:pause|resume)|${NO_VIEW}pg_\\w*replication\\w*|pg_logical_(?!slot_peek)\\w+`,
  // the server's settings, statistics and buffers
  'pg_reload_conf|pg_stat_(?!get_)\\w*reset\\w*|pg_buffercache_evict\\w*|pg_stop_making_pinned_objects',
  // pages of tables and indexes
  'brin_(?:de)?summarize_\\w+|gin_clean_pending_list|heap_force_\\w+|pg_truncate_visibility_map',
  'binary_upgrade_\\w+|sepgsql_restorecon',
  RUNNING_TEXT,
];

/** What ROLLBACK undoes, though even a transaction that may only read does it. */
const UNDONE = [
  // large objects, before PostgreSQL 16
  'lo_(?:creat|create|unlink|import|put|from_bytea|truncate|truncate64)|lowrite',
  // the system's tables
  'pg_import_system_collations|pg_(?:clear|restore)_\\w+_stats',
  // other sessions that listen
  'pg_notify',
];

/** What can take rows, large objects or files away that its text does not name, or ends what others do. */
const LOSING = [
  'dblink(?:_exec|_open|_send_query)?|heap_force_\\w+|lo_(?:unlink|put|truncate|truncate64|export)|lowrite',
  'pg_file_(?!settings$)\\w+|pg_(?:cancel|terminate)_backend|pg_promote|pg_drop_replication_slot|pg_logical_slot_get_\\w+|pg_replication_slot_advance',
  RUNNING_TEXT,
];

const lasting = named(AT_ONCE);
const writing = named([...AT_ONCE, ...UNDONE]);
const losing = named(LOSING);

/** The first of some functions of PostgreSQL, in lower case, whose work no ROLLBACK takes back. */
export function lastingFunction(functions: readonly string[]): string | undefined {
  return functions.find(name => lasting.test(name));
}

/** The first of some functions of PostgreSQL, in lower case, that writes even in a read-only transaction. */
export function writingFunction(functions: readonly string[]): string | undefined {
  return functions.find(name => writing.test(name));
}

/** The first of some functions of PostgreSQL, in lower case, that may take rows away. */
export function losingFunction(functions: readonly string[]): string | undefined {
  return functions.find(name => losing.test(name));
}

function named(names: readonly string[]): RegExp {
  return new RegExp(`^(?:${names.join('|')})$`);
}
