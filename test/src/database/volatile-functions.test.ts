import { expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { writingFunction } from '../../../src/dialects/postgres-family/lasting-functions.ts';
import { createDatabase } from '../../support/databases.ts';

/**
 * The volatile functions of PostgreSQL and its extensions that were looked at and found to leave nothing behind: they
 * read, they set something for the session only, or they are called by the server alone.
 */
const HARMLESS = new RegExp(
  `^(?:${[
    // handlers and support functions, with arguments that no SQL can give
    '\\w*handler|\\w+_(?:validator|init|lexize)|amvalidate|int_agg_\\w+|array_(?:sample|shuffle)|system(?:_rows|_time)?',
    // the time, random values, ids
    'clock_timestamp|timeofday|random(?:_normal)?|normal_rand|setseed|uuid\\w+|gen_\\w+|bernoulli|currtid2?|fips_mode|pgp_\\w+',
    // refused by the server itself in a transaction that may only read, and leaves but a gap otherwise
    'nextval',
    // large objects and cursors that are read
    'lo_(?:close|get|lseek|lseek64|open|tell|tell64)|loread|xslt_process',
    // the session: locks, settings, its own statistics, connections of a foreign server
    'pg_(?:try_)?advisory_\\w+|set_config|set_limit|isn_weak|pg_sleep\\w*|pg_stat_(?:clear_snapshot|force_next_flush)',
    'pg_export_snapshot|pg_extension_config_dump|postgres_fdw_\\w+|currval|lastval|current_query',
    // what they are called for is to read
    'pg_(?:stat_)?get_\\w+|pg_stat_(?:have_stats|file|statements|statements_info)|pg_control_\\w+|pg_current_\\w+|pg_ls_\\w+|pg_read_\\w+',
    'pg_\\w*size|pg_show_\\w+|pg_last_\\w+|pg_is_\\w+|pg_xact_\\w+|pg_(?:hba|ident)_file_\\w+|pg_(?:un)?\\w*collation_actual_version',
    'pg_(?:available_wal_summaries|wal_summary_contents|blocking_pids|safe_snapshot_blocking_pids|isolation_test_\\w+|jit_available)',
    'pg_(?:lock_status|logical_slot_peek_\\w+|notification_queue_usage|partition_\\w+|prepared_xact|sequence_last_value)|txid_status',
    'ssl_\\w+|pgrowlocks|pg_freespace|pg_visibility\\w*|pg_check_\\w+|pg_relpages|pgstat\\w+|verify_heapam|\\w+_index(?:_parent)?_check',
    'pg_buffercache_(?:numa_pages|pages|summary|usage_counts)|pg_prewarm',
    'get_raw_page|page_(?:checksum|header)|tuple_data_split|fsm_page_contents|(?:brin|bt|gin|gist|hash|heap)_(?!force|clean|summ|desumm)\\w+',
  ].join('|')})$`,
);

it('every volatile function of PostgreSQL was looked at', async () => {
  const database = await createDatabase('postgresql');
  const session = await openSession({ url: database.url, entities: [] });
  try {
    const { em } = session;
    const extensions = await em.execute<{ name: string }[]>(
      "select name from pg_available_extensions where name !~ '^(?:hstore|ltree|jsonb|bool)_pl|^pl(?:perl|python|tcl)'",
    );
    // One that cannot be loaded here cannot be looked at.
    for (const { name } of extensions)
      await em.execute(`create extension if not exists "${name}" cascade`).catch(() => {});
    const functions = await em.execute<{ name: string }[]>(
      "select distinct proname as name from pg_proc where provolatile = 'v' " +
        "and prorettype not in ('trigger'::regtype, 'event_trigger'::regtype) order by name",
    );
    const names = functions.map(({ name }) => name);
    expect(names.filter(name => writingFunction([name]) === undefined && !HARMLESS.test(name))).toEqual([]);
    for (const name of ['pg_sleep', 'random', 'lo_get', 'pg_stat_get_io', 'heap_page_items'])
      expect([name, writingFunction([name])]).toEqual([name, undefined]);
    // What is written as a column may be a function, and after pg_catalog it is mostly none.
    const relations = await em.execute<{ name: string }[]>(
      "select relname as name from pg_class where relkind in ('r', 'v')",
    );
    expect(relations.filter(({ name }) => writingFunction([name]) !== undefined)).toEqual([]);
    for (const name of [
      'heap_force_kill',
      'heap_force_freeze',
      'pg_truncate_visibility_map',
      'pg_import_system_collations',
      'pg_clear_relation_stats',
      'pg_restore_attribute_stats',
      'brin_summarize_new_values',
      'brin_desummarize_range',
      'gin_clean_pending_list',
      'pg_backup_start',
      'pg_cancel_backend',
      'pg_notify',
    ])
      expect([name, writingFunction([name])]).toEqual([name, name]);
  } finally {
    await session.close();
    await database.drop();
  }
});
