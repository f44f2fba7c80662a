import type { TableState } from './table-state.ts';

type Row = TableState['rows'][number];

/** @returns why the tables are not as they should be, as sentences; none if they are */
export function compareTables(expected: readonly TableState[], actual: readonly TableState[]): string[] {
  const find = (tables: readonly TableState[], { table }: TableState) =>
    tables.find(each => each.table === table);
  const missing = expected.filter(each => !find(actual, each));
  const extra = actual.filter(each => !find(expected, each));
  if (missing.length > 0) return [`There is no table ${listed(missing.map(({ table }) => table))}.`];
  if (extra.length > 0) return [`There is still a table ${listed(extra.map(({ table }) => table))}.`];
  return expected.flatMap(each => compareRows(each, find(actual, each) ?? each));
}

function compareRows(expected: TableState, actual: TableState): string[] {
  const { table } = expected;
  const lacking = without(expected.rows, actual.rows);
  const extra = without(actual.rows, expected.rows);
  const sentences: string[] = [];
  for (const row of lacking) {
    const near = nearest(row, extra);
    if (near) extra.splice(extra.indexOf(near), 1);
    sentences.push(
      near
        ? `In the table ${table}, ${differences(row, near, expected).join(', and ')}.`
        : `The table ${table} has no row with ${called(row, expected)} yet.`,
    );
  }
  return [
    ...sentences,
    ...extra.map(row => `The table ${table} has a row too many: the one with ${called(row, actual)}.`),
  ];
}

/** The rows of one list that the other does not have, as often as they are there. */
function without(rows: readonly Row[], others: readonly Row[]): Row[] {
  const left = others.map(asText);
  return rows.filter(row => {
    const index = left.indexOf(asText(row));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function asText(row: Row): string {
  return JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The row that was probably meant to be this one: at least half of what is written in it is the same. */
function nearest(row: Row, candidates: readonly Row[]): Row | undefined {
  const columns = Object.keys(row);
  const ranked = candidates
    .map(candidate => ({ candidate, same: columns.filter(name => candidate[name] === row[name]).length }))
    .toSorted((one, other) => other.same - one.same);
  const [best] = ranked;
  return best && best.same * 2 >= columns.length ? best.candidate : undefined;
}

function differences(wanted: Row, found: Row, state: TableState): string[] {
  return Object.keys(wanted)
    .filter(name => wanted[name] !== found[name])
    .map(name =>
      state.hidden.includes(name) ? `${name} is another` : `${name} is ${found[name]}, not ${wanted[name]}`,
    );
}

/** What a row is known by: the first text in it. */
function called(row: Row, state: TableState): string {
  const columns = Object.keys(row).filter(name => !state.hidden.includes(name));
  const name = columns.find(each => row[each]?.startsWith("'")) ?? columns[0] ?? '';
  return `${name} ${row[name]}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
