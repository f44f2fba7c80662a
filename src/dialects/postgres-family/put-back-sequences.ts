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

/**
 * Sets sequences back to what they held before a transaction that was rolled back drew from them on the same connection.
 * One that somebody else has drawn from, too, or may have, keeps what it holds: their rows have its values.
 */
export async function putBackSequences(query: Query, before: Sequences): Promise<void> {
  for (const [name, held] of await readSequences(query)) {
    const was = before.get(name);
    if (was === undefined || (was.value === held.value && was.isCalled === held.isCalled)) continue;
    await query('begin');
    try {
      if (await isOurs(query, name, was))
        await query(`select setval(${quoted(name)}, ${was.value}, ${was.isCalled})`);
      await query('commit');
    } catch {
      // It is another user's, or somebody draws from it.
      await query('rollback');
    }
  }
}

/** Whether only this connection has drawn from a sequence since. Nobody can draw from it before the transaction ends. */
async function isOurs(query: Query, name: string, was: Held): Promise<boolean> {
  await query("set local lock_timeout = '200ms'");
  const { rows: owners } = await query(
    `select relowner::regrole::text as owner from pg_class where oid = ${quoted(name)}::regclass`,
  );
  // It changes nothing, and waits for everyone who has drawn from it: they may have rows that nobody sees yet.
  await query(`alter sequence ${name} owner to ${String(owners[0]?.['owner'])}`);
  const { rows: draws } = await query(
    `select currval(${quoted(name)}) = last_value as ours, last_value::text as value from ${name}`,
  );
  const { ours, value } = draws[0] ?? {};
  const { rows: columns } = await query(columnsOf(name));
  if (ours !== true || columns.length === 0) return false;
  const isDrawn = `${was.isCalled ? '>' : '>='} ${was.value} and value <= ${String(value)}`;
  for (const { column, relation } of columns) {
    const { rows } = await query(
      `select 1 from (select ${String(column)} as value from ${String(relation)}) q where value ${isDrawn} limit 1`,
    );
    if (rows.length > 0) return false;
  }
  return true;
}

/** The columns that take their values from a sequence: those that it belongs to, and those whose default names it. */
function columnsOf(name: string): string {
  return `
select distinct quote_ident(a.attname) as column, a.attrelid::regclass::text as relation
from pg_depend d left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
join pg_attribute a on (a.attrelid, a.attnum) in ((f.adrelid, f.adnum), (d.refobjid, d.refobjsubid))
where case when f.oid is null
  then d.classid = 'pg_class'::regclass and d.objid = ${quoted(name)}::regclass and d.deptype in ('a', 'i')
  else d.refclassid = 'pg_class'::regclass and d.refobjid = ${quoted(name)}::regclass end`;
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
