/** Sends a statement on a connection, past everything. */
type Query = (sql: string) => Promise<{ readonly rows: readonly Record<string, unknown>[] }>;

/** What sequences hold, by their names. */
export type Sequences = ReadonlyMap<string, Held>;

interface Held {
  readonly value: bigint;
  readonly isCalled: boolean;
}

/** Their values as XML: one query reads all of them. */
const READ =
  "select c.oid::regclass::text as name, query_to_xml(format('select last_value, is_called from %s', c.oid::regclass), false, true, '')::text as held " +
  "from pg_class c where c.relkind = 'S' and has_table_privilege(c.oid, 'select')";

/** What all sequences hold that may be read. */
export async function readSequences(query: Query): Promise<Sequences> {
  const { rows } = await query(READ);
  return new Map(
    rows.flatMap(({ name, held }): [string, Held][] => {
      const [, value, isCalled] =
        /<last_value>(-?\d+)<\/last_value>\s*<is_called>(\w+)</.exec(String(held)) ?? [];
      return value === undefined
        ? []
        : [[String(name), { value: BigInt(value), isCalled: isCalled === 'true' }]];
    }),
  );
}

/** How many rows a transaction inserted into each table, by its object id, also those that it gave up. */
type Inserted = ReadonlyMap<string, bigint>;

/**
 * Rolls the transaction back that is open on a connection, and sets the sequences back to what they held before it drew
 * from them. One that somebody else has drawn from, too, or may have, keeps what it holds: their rows, or what else they
 * keep, have its values.
 */
export async function rollBackWithSequences(query: Query, before: Sequences): Promise<void> {
  // A transaction that failed can tell nothing, and ends without this.
  const inserted = await readInserted(query).catch(() => new Map<string, bigint>());
  await query('rollback');
  for (const [name, held] of await readSequences(query)) {
    const was = before.get(name);
    if (was === undefined || (was.value === held.value && was.isCalled === held.isCalled)) continue;
    await query('begin');
    try {
      if (await isOurs(query, name, was, inserted))
        await query(`select setval(${quoted(name)}, ${was.value}, ${was.isCalled})`);
      await query('commit');
    } catch {
      // It is another user's, or somebody draws from it.
      await query('rollback');
    }
  }
}

async function readInserted(query: Query): Promise<Inserted> {
  const { rows } = await query(
    'select relid::text as relid, n_tup_ins::text as count from pg_stat_xact_all_tables',
  );
  return new Map(rows.map(({ relid, count }) => [String(relid), BigInt(String(count))]));
}

/**
 * Whether only this connection has drawn from a sequence since: it drew last, for every value it inserted a row, and
 * nobody's row has one. Nobody can draw from it before the transaction ends.
 */
async function isOurs(query: Query, name: string, was: Held, inserted: Inserted): Promise<boolean> {
  await query("set local lock_timeout = '200ms'");
  const { rows: sequences } = await query(
    'select relowner::regrole::text as owner, seqincrement::text as step, seqcycle as cycles ' +
      `from pg_class join pg_sequence on seqrelid = oid where oid = ${quoted(name)}::regclass`,
  );
  const { owner, step, cycles } = sequences[0] ?? {};
  // It changes nothing, and waits for everyone who has drawn from it: they may have rows that nobody sees yet.
  await query(`alter sequence ${name} owner to ${String(owner)}`);
  const { rows: draws } = await query(
    `select currval(${quoted(name)}) = last_value as ours, last_value::text as value from ${name}`,
  );
  const { ours, value } = draws[0] ?? {};
  const { rows: columns } = await query(columnsOf(name));
  // After a cycle, how often it was drawn from cannot be told.
  if (ours !== true || cycles !== false || columns.length === 0) return false;
  const [last, by] = [BigInt(String(value)), BigInt(String(step))];
  const drawn = (last - was.value) / by + (was.isCalled ? 0n : 1n);
  const { rows: tables } = await query(
    `select distinct relid::oid::text as relid from (${columnsOf(name)}) c, ` +
      'lateral (select c.table_id union select relid from pg_partition_tree(c.table_id)) t (relid)',
  );
  const rows = tables.reduce((sum, { relid }) => sum + (inserted.get(String(relid)) ?? 0n), 0n);
  if (drawn !== rows) return false;
  const [low, high] = by > 0n ? [was.value, last] : [last, was.value];
  // The value that it held has been given away if it is called.
  const isDrawn = `value between ${low} and ${high}${was.isCalled ? ` and value <> ${was.value}` : ''}`;
  for (const { column, relation } of columns) {
    const { rows: taken } = await query(
      `select 1 from (select ${String(column)} as value from ${String(relation)}) q where ${isDrawn} limit 1`,
    );
    if (taken.length > 0) return false;
  }
  return true;
}

/** The columns that take their values from a sequence: those that it belongs to, and those whose default names it. */
function columnsOf(name: string): string {
  return `
select distinct quote_ident(a.attname) as column, a.attrelid::regclass::text as relation,
  a.attrelid::regclass as table_id
from pg_depend d left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
join pg_attribute a on (a.attrelid, a.attnum) in ((f.adrelid, f.adnum), (d.refobjid, d.refobjsubid))
where case when f.oid is null
  then d.classid = 'pg_class'::regclass and d.objid = ${quoted(name)}::regclass and d.deptype in ('a', 'i')
  else d.refclassid = 'pg_class'::regclass and d.refobjid = ${quoted(name)}::regclass end`;
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
