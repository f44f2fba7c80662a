/** One move on the way from what was expected to what there is. */
export type Edit<E, A> =
  | { readonly kind: 'keep'; readonly expected: E; readonly actual: readonly A[] }
  | { readonly kind: 'drop'; readonly expected: E }
  | { readonly kind: 'add'; readonly actual: A };

export interface Alignment<E, A> {
  readonly matches: (expected: E, actual: A) => boolean;
  /** Whether it stands for any number of items. */
  readonly isAny: (expected: E) => boolean;
  /** What it costs to lose an expected item; adding one costs 1. */
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
  { matches, isAny, weight }: Alignment<E, A>,
): Edit<E, A>[] {
  if (expected.length * actual.length > most)
    return [
      ...expected.map(item => ({ kind: 'drop', expected: item }) as const),
      ...actual.map(item => ({ kind: 'add', actual: item }) as const),
    ];
  const width = actual.length + 1;
  const costs = new Float64Array((expected.length + 1) * width);
  const at = (row: number, column: number) => costs[row * width + column] ?? Infinity;
  for (let row = 0; row <= expected.length; row++) {
    const item = expected[row - 1];
    for (let column = row === 0 ? 1 : 0; column < width; column++) {
      const next = actual[column - 1];
      let cost = column > 0 ? at(row, column - 1) + 1 : Infinity;
      if (row > 0 && item !== undefined) {
        cost = Math.min(cost, at(row - 1, column) + (isAny(item) ? 0 : weight(item)));
        if (column > 0 && next !== undefined)
          cost = Math.min(
            cost,
            isAny(item)
              ? at(row, column - 1) + greed
              : matches(item, next)
                ? at(row - 1, column - 1)
                : Infinity,
          );
      }
      costs[row * width + column] = cost;
    }
  }
  return trace(expected, actual, at, { matches, isAny });
}

/** Walks back along the cheapest way. */
function trace<E, A>(
  expected: readonly E[],
  actual: readonly A[],
  at: (row: number, column: number) => number,
  { matches, isAny }: Pick<Alignment<E, A>, 'matches' | 'isAny'>,
): Edit<E, A>[] {
  const edits: Edit<E, A>[] = [];
  let row = expected.length;
  let column = actual.length;
  let taken: A[] = [];
  while (row > 0 || column > 0) {
    const item = expected[row - 1];
    const next = actual[column - 1];
    const cost = at(row, column);
    if (item !== undefined && isAny(item) && cost === at(row - 1, column)) {
      edits.push({ kind: 'keep', expected: item, actual: taken.toReversed() });
      taken = [];
      row--;
    } else if (
      item !== undefined &&
      isAny(item) &&
      next !== undefined &&
      cost === at(row, column - 1) + greed
    ) {
      taken.push(next);
      column--;
    } else if (
      item !== undefined &&
      next !== undefined &&
      !isAny(item) &&
      matches(item, next) &&
      cost === at(row - 1, column - 1)
    ) {
      edits.push({ kind: 'keep', expected: item, actual: [next] });
      row--;
      column--;
    } else if (next !== undefined && cost === at(row, column - 1) + 1) {
      edits.push({ kind: 'add', actual: next });
      column--;
    } else if (item !== undefined) {
      edits.push({ kind: 'drop', expected: item });
      row--;
    }
  }
  return edits.toReversed();
}
