/** One edit on the way from the expected items to the actual ones. */
export type Edit<E, A> =
  | { readonly kind: 'keep'; readonly expected: E; readonly actual: readonly A[] }
  | { readonly kind: 'drop'; readonly expected: E }
  | { readonly kind: 'add'; readonly actual: A };

export interface AlignmentRules<E, A> {
  readonly matches: (expected: E, actual: A) => boolean;
  /** Whether an expected item stands for any number of actual ones, as `<...>` does. */
  readonly isAny: (expected: E) => boolean;
  /** What it costs to drop or replace an expected item; adding an actual one costs 1. */
  readonly weight: (expected: E) => number;
}

/** What `<...>` pays for each item it takes: so little that it only yields items that another line matches. */
const takenItemCost = 0.001;

/** Above this many cells only the two ends are aligned: nobody reads a longer diff, and the table would fill memory. */
const maxTableCells = 4_000_000;

/**
 * Finds the cheapest edits from the expected items to the actual ones, by dynamic programming (Needleman and Wunsch).
 * Takes time and memory in proportion to the product of the two lengths.
 */
export function align<E, A>(
  expected: readonly E[],
  actual: readonly A[],
  rules: AlignmentRules<E, A>,
): Edit<E, A>[] {
  return expected.length * actual.length > maxTableCells
    ? alignEnds(expected, actual, rules)
    : traceBack(expected, actual, rules, fillTables(expected, actual, rules));
}

/** Keeps what is equal at both ends and replaces everything between. */
function alignEnds<E, A>(
  expected: readonly E[],
  actual: readonly A[],
  { matches, isAny }: AlignmentRules<E, A>,
): Edit<E, A>[] {
  const same = (one: E | undefined, other: A | undefined) =>
    one !== undefined && other !== undefined && !isAny(one) && matches(one, other);
  const shortest = Math.min(expected.length, actual.length);
  let head = 0;
  while (head < shortest && same(expected[head], actual[head])) head++;
  let tail = 0;
  while (tail < shortest - head && same(expected.at(-1 - tail), actual.at(-1 - tail))) tail++;
  const keep = (from: number, to: number, shift: number): Edit<E, A>[] =>
    expected.slice(from, to).map((item, index) => ({
      kind: 'keep',
      expected: item,
      actual: actual.slice(from + shift + index, from + shift + index + 1),
    }));
  const end = expected.length - tail;
  return [
    ...keep(0, head, 0),
    ...expected.slice(head, end).map(item => ({ kind: 'drop', expected: item }) as const),
    ...actual.slice(head, actual.length - tail).map(item => ({ kind: 'add', actual: item }) as const),
    ...keep(end, expected.length, actual.length - expected.length),
  ];
}

/** The cell at (row, column) is the cost of aligning the first `row` expected items with the first `column` actual. */
class CostTable {
  readonly #width: number;
  readonly #cells: Float64Array;

  constructor(rows: number, columns: number) {
    this.#width = columns + 1;
    this.#cells = new Float64Array((rows + 1) * this.#width).fill(Infinity);
  }

  get(row: number, column: number): number {
    return (column < 0 ? undefined : this.#cells[row * this.#width + column]) ?? Infinity;
  }

  set(row: number, column: number, cost: number): void {
    this.#cells[row * this.#width + column] = cost;
  }
}

interface CostTables {
  readonly cheapest: CostTable;
  /** The cheapest alignment in which the last expected item is a `<...>` that is still taking items. */
  readonly taking: CostTable;
}

function fillTables<E, A>(
  expected: readonly E[],
  actual: readonly A[],
  { matches, isAny, weight }: AlignmentRules<E, A>,
): CostTables {
  const cheapest = new CostTable(expected.length, actual.length);
  const taking = new CostTable(expected.length, actual.length);
  for (let row = 0; row <= expected.length; row++) {
    const item = expected[row - 1];
    for (let column = 0; column <= actual.length; column++) {
      const next = actual[column - 1];
      let cost = row + column === 0 ? 0 : cheapest.get(row, column - 1) + 1;
      if (item !== undefined && isAny(item)) {
        const goesOn = next !== undefined && matches(item, next);
        const take = Math.min(
          cheapest.get(row - 1, column),
          goesOn ? taking.get(row, column - 1) + takenItemCost : Infinity,
        );
        taking.set(row, column, take);
        cost = Math.min(cost, take);
      } else if (item !== undefined) {
        cost = Math.min(cost, cheapest.get(row - 1, column) + weight(item));
        if (next !== undefined)
          cost = Math.min(cost, cheapest.get(row - 1, column - 1) + (matches(item, next) ? 0 : weight(item)));
      }
      cheapest.set(row, column, cost);
    }
  }
  return { cheapest, taking };
}

/** Reads the edits off the filled tables, from their last cell to their first. */
function traceBack<E, A>(
  expected: readonly E[],
  actual: readonly A[],
  rules: AlignmentRules<E, A>,
  tables: CostTables,
): Edit<E, A>[] {
  const edits: Edit<E, A>[] = [];
  let row = expected.length;
  let column = actual.length;
  while (row > 0 || column > 0) {
    const item = expected[row - 1] as E;
    const next = actual[column - 1] as A;
    const end = column;
    switch (lastMove(expected[row - 1], actual[column - 1], row, column, rules, tables)) {
      case 'take':
        while (tables.taking.get(row, column) !== tables.cheapest.get(row - 1, column)) column--;
        edits.push({ kind: 'keep', expected: item, actual: actual.slice(column, end) });
        row--;
        break;
      case 'keep':
        edits.push({ kind: 'keep', expected: item, actual: [next] });
        row--;
        column--;
        break;
      case 'replace':
        edits.push({ kind: 'add', actual: next }, { kind: 'drop', expected: item });
        row--;
        column--;
        break;
      case 'add':
        edits.push({ kind: 'add', actual: next });
        column--;
        break;
      case 'drop':
        edits.push({ kind: 'drop', expected: item });
        row--;
        break;
    }
  }
  return edits.toReversed();
}

/** The move that led to a cell at its cost. */
function lastMove<E, A>(
  item: E | undefined,
  next: A | undefined,
  row: number,
  column: number,
  { matches, isAny, weight }: AlignmentRules<E, A>,
  { cheapest, taking }: CostTables,
): 'take' | 'keep' | 'replace' | 'add' | 'drop' {
  const cost = cheapest.get(row, column);
  if (item !== undefined && isAny(item)) {
    if (cost === taking.get(row, column)) return 'take';
  } else if (item !== undefined && next !== undefined) {
    const before = cheapest.get(row - 1, column - 1);
    if (cost === before && matches(item, next)) return 'keep';
    if (cost === before + weight(item)) return 'replace';
  }
  return next !== undefined && cost === cheapest.get(row, column - 1) + 1 ? 'add' : 'drop';
}
