import { noLongerThan } from '../no-longer-than.ts';
import type { Run } from '../sandbox.ts';
import { asText, rowsOf } from './definitions.ts';

/** What AUTO_INCREMENT gives next. */
interface Counter {
  readonly database: string;
  readonly table: string;
  readonly column: string;
  readonly next: string;
}

/** In MySQL, how old the numbers may be that it tells; MariaDB has no such setting, and tells those of now. */
const TELL_THOSE_OF_NOW = 'set session information_schema_stats_expiry = 0';

const countersIn = (database: string) =>
  'select t.table_schema as `database`, t.table_name as `table`, c.column_name as `column`, cast(t.auto_increment as char) as next ' +
  'from information_schema.tables t join information_schema.columns c using (table_schema, table_name) ' +
  `where t.table_schema = ${asText(database)} and t.auto_increment is not null and c.extra like '%auto_increment%'`;

/** A statement may still be running on the connection, and then its end undoes the transaction. */
const putBackMs = 2000;

/** What the tables of the databases give next that a connection may write. */
type Noted = Map<string, readonly Counter[]>;

const noted = new WeakMap<Run, Noted>();

/** Notes what the tables of some databases give next as ids, which no ROLLBACK sets back, before anything is written there. */
export async function noteCounters(databases: readonly string[], run: Run): Promise<void> {
  const before = noted.get(run) ?? new Map<string, readonly Counter[]>();
  noted.set(run, before);
  for (const database of databases)
    if (!before.has(database)) before.set(database, await countersOf(database, run));
}

/** Sets back what one connection after another took ids from. */
export class Counters {
  #run: Run | undefined;
  #before: Noted | undefined;

  /** Keeps what the first connection noted, before anything had been written. */
  readonly connect = (run: Run): void => {
    this.#run = run;
    if (this.#before === undefined) this.#before = noted.get(run);
    else noted.set(run, this.#before);
  };

  /** Undoes what was written, and sets back what it took ids from, unless somebody else's rows have some since. */
  readonly putBack = async (): Promise<void> => {
    const [run, before] = [this.#run, this.#before];
    this.#run = undefined;
    if (run !== undefined && before !== undefined) await noLongerThan(putBackMs, setBack(run, before));
  };
}

async function countersOf(database: string, run: Run): Promise<readonly Counter[]> {
  await run(TELL_THOSE_OF_NOW).catch(() => {});
  return rowsOf<Counter>(run, countersIn(database));
}

async function setBack(run: Run, all: Noted): Promise<void> {
  await run('rollback');
  // Whoever has rows there that nobody sees yet has locked the table, and nobody is to wait behind this.
  await run('set lock_wait_timeout = 0');
  for (const [database, before] of all) {
    const now = new Map((await countersOf(database, run)).map(({ table, next }) => [table, next]));
    for (const counter of before) if (now.get(counter.table) !== counter.next) await setBackOne(run, counter);
  }
}

async function setBackOne(run: Run, { database, table, column, next }: Counter): Promise<void> {
  const name = `${quoted(database)}.${quoted(table)}`;
  const rows = await rowsOf(run, `select 1 from ${name} where ${quoted(column)} >= ${next} limit 1`);
  // Otherwise the server may refuse it, as the user has no right to.
  if (rows.length === 0) await run(`alter table ${name} auto_increment = ${next}`).catch(() => {});
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
