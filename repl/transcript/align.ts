/** One move on the way from what was expected to what there is. */
export type Edit<E, A> =
  | { readonly kind: 'keep'; readonly expected: E; readonly actual: readonly A[] }
  | { readonly kind: 'drop'; readonly expected: E }
  | { readonly kind: 'add'; readonly actual: A };

export interface Alignment<E, A> {
  readonly matches: (expected: E, actual: A) => boolean;
  /** Whether it stands for any number of items. */
  readonly isAny: (expected: E) => boolean;
  /** What it costs to lose an expected item, or to have another in its place; adding one costs 1. */
  readonly weight: (expected: E) => number;
}

/** What a `<...>` pays for each item it takes: little, so that the others keep what is theirs. */
const greed = 0.001;

/** Past this many cells nobody reads the way any more. */
const most = 4_000_000;

/**
 * The cheapest way from what was expected to what there is, by dynamic programming (Needleman and Wunsch).
 * Takes time and memory in proportion to the product of the two lengths.
 */
export function align<E, A>(
  expected: readonly E[],
  actual: readonly A[],
  alignment: Alignment<E, A>,
): Edit<E, A>[] {
  if (expected.length * actual.length > most) return alignEnds(expected, actual, alignment);
  const { matches, isAny, weight } = alignment;
  const width = actual.length + 1;
  const costs = new Float64Array((expected.length + 1) * width);
  /** The same, while a `<...>` goes on taking items. */
  const taking = new Float64Array((expected.length + 1) * width).fill(Infinity);
  const of = (matrix: Float64Array, row: number, column: number) =>
    (column < 0 ? undefined : matrix[row * width + column]) ?? Infinity;
  for (let row = 0; row <= expected.length; row++) {
    const item = expected[row - 1];
    for (let column = row === 0 ? 1 : 0; column < width; column++) {
      const next = actual[column - 1];
      let cost = of(costs, row, column - 1) + 1;
      if (item !== undefined && isAny(item)) {
        const takes = next !== undefined && matches(item, next);
        const open = Math.min(
          of(costs, row - 1, column),
          takes ? of(taking, row, column - 1) + greed : Infinity,
        );
        taking[row * width + column] = open;
        cost = Math.min(cost, open);
      } else if (item !== undefined) {
        cost = Math.min(cost, of(costs, row - 1, column) + weight(item));
        if (next !== undefined)
          cost = Math.min(cost, of(costs, row - 1, column - 1) + (matches(item, next) ? 0 : weight(item)));
      }
      costs[row * width + column] = cost;
    }
  }
  return trace(
    expected,
    actual,
    { cost: (row, column) => of(costs, row, column), taking: (row, column) => of(taking, row, column) },
    alignment,
  );
}

/** Keeps what is the same at both ends, and gives up what is between: nobody reads that far. */
function alignEnds<E, A>(
  expected: readonly E[],
  actual: readonly A[],
  { matches, isAny }: Alignment<E, A>,
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

/** What it costs to come to a place. */
interface Costs {
  readonly cost: (row: number, column: number) => number;
  readonly taking: (row: number, column: number) => number;
}

/** Walks back along the cheapest way. */
function trace<E, A>(
  expected: readonly E[],
  actual: readonly A[],
  { cost, taking }: Costs,
  { matches, isAny, weight }: Alignment<E, A>,
): Edit<E, A>[] {
  const edits: Edit<E, A>[] = [];
  let row = expected.length;
  let column = actual.length;
  while (row > 0 || column > 0) {
    const item = expected[row - 1];
    const next = actual[column - 1];
    const here = cost(row, column);
    if (item !== undefined && isAny(item) && here === taking(row, column)) {
      const end = column;
      while (taking(row, column) !== cost(row - 1, column)) column--;
      edits.push({ kind: 'keep', expected: item, actual: actual.slice(column, end) });
      row--;
    } else if (
      item !== undefined &&
      next !== undefined &&
      !isAny(item) &&
      matches(item, next) &&
      here === cost(row - 1, column - 1)
    ) {
      edits.push({ kind: 'keep', expected: item, actual: [next] });
      row--;
      column--;
    } else if (
      item !== undefined &&
      next !== undefined &&
      !isAny(item) &&
      here === cost(row - 1, column - 1) + weight(item)
    ) {
      edits.push({ kind: 'add', actual: next }, { kind: 'drop', expected: item });
      row--;
      column--;
    } else if (next !== undefined && here === cost(row, column - 1) + 1) {
      edits.push({ kind: 'add', actual: next });
      column--;
    } else if (item !== undefined) {
      edits.push({ kind: 'drop', expected: item });
      row--;
    }
  }
  return edits.toReversed();
}
