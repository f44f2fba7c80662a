import { noLongerThan } from '../no-longer-than.ts';
import type { Run } from '../sandbox.ts';

/** What AUTO_INCREMENT gives next. */
interface Counter {
  readonly table: string;
  readonly column: string;
  readonly next: string;
}

/** In MySQL, how old the numbers may be that it tells; MariaDB has no such setting, and tells those of now. */
const TELL_THOSE_OF_NOW = 'set session information_schema_stats_expiry = 0';

const READ =
  'select t.table_name as `table`, c.column_name as `column`, cast(t.auto_increment as char) as next ' +
  'from information_schema.tables t join information_schema.columns c using (table_schema, table_name) ' +
  "where t.table_schema = database() and t.auto_increment is not null and c.extra like '%auto_increment%'";

/** A statement may still be running on the connection, and then its end undoes the transaction. */
const putBackMs = 2000;

/** What the tables of a database give next as ids, which no ROLLBACK sets back. */
export class Counters {
  #run: Run | undefined;
  #before: readonly Counter[] | undefined;

  /** Notes what they give before anything has been written. */
  readonly note = async (run: Run): Promise<void> => {
    this.#run = run;
    this.#before ??= await countersOf(run);
  };

  /** Undoes what was written, and sets back what it took ids from, unless somebody else's rows have some since. */
  readonly putBack = async (): Promise<void> => {
    const [run, before] = [this.#run, this.#before];
    this.#run = undefined;
    if (run !== undefined && before !== undefined) await noLongerThan(putBackMs, setBack(run, before));
  };
}

async function countersOf(run: Run): Promise<readonly Counter[]> {
  await run(TELL_THOSE_OF_NOW).catch(() => {});
  const { rows } = (await run(READ)) as { readonly rows: readonly Counter[] };
  return rows;
}

async function setBack(run: Run, before: readonly Counter[]): Promise<void> {
  await run('rollback');
  // Whoever has rows there that nobody sees yet has locked the table, and nobody is to wait behind this.
  await run('set lock_wait_timeout = 0');
  const now = new Map((await countersOf(run)).map(({ table, next }) => [table, next]));
  for (const { table, column, next } of before) {
    if (now.get(table) === next) continue;
    const taken = `select 1 from ${quoted(table)} where ${quoted(column)} >= ${next} limit 1`;
    const { rows } = (await run(taken)) as { readonly rows: readonly unknown[] };
    // Otherwise the server may refuse it, as the user has no right to.
    if (rows.length === 0) await run(`alter table ${quoted(table)} auto_increment = ${next}`).catch(() => {});
  }
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
