import { matchAnyOrder } from './match-any-order.ts';
import { matchLine } from '../parse/match-line.ts';
import { anyLines, type Bindings, namesIn, wordsIn } from '../parse/pattern.ts';

/**
 * Matches printed lines with expected ones, which may have wildcards.
 *
 * @param unordered whether the lines may come in any order
 * @returns the bindings with those that the lines made; undefined if they do not match
 */
export function matchLines(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
  unordered = false,
): Bindings | undefined {
  return unordered ? matchAnyOrder(expected, actual, bindings) : matchInOrder(expected, actual, bindings);
}

/** A `<...>`: from which expected line matching goes on after it, and how many printed lines are before that. */
interface Any {
  readonly expectedIndex: number;
  actualIndex: number;
  readonly bound: Bindings;
}

/** Matches as a glob is matched: on a mismatch, the last `<...>` takes one more line; where names are bound, one before it, too. */
function matchInOrder(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  const bindsNames = expected.some(line => namesIn(line).length > 0);
  const needed = neededFrom(expected);
  const tried = new Set<string>();
  let anys: Any[] = [];
  let bound = bindings;
  let expectedIndex = 0;
  let actualIndex = 0;
  for (;;) {
    const line = expected[expectedIndex];
    if (line?.trim() === anyLines) {
      expectedIndex++;
      const values = needed[expectedIndex]?.map(name => bound.get(name)) ?? [];
      const state = JSON.stringify([expectedIndex, actualIndex, ...values]);
      if (!tried.has(state)) {
        // Without names, what came before decides nothing of what follows.
        anys = [...(bindsNames ? anys : []), { expectedIndex, actualIndex, bound }];
        if (bindsNames) tried.add(state);
        continue;
      }
    } else if (line === undefined && actualIndex === actual.length) return bound;
    else {
      const printed = actual[actualIndex];
      const match = line === undefined || printed === undefined ? undefined : matchLine(line, printed, bound);
      if (match) {
        bound = match;
        expectedIndex++;
        actualIndex++;
        continue;
      }
    }
    const last = anys.findLast(any => any.actualIndex < actual.length);
    if (last === undefined) return undefined;
    anys.length = anys.indexOf(last) + 1;
    last.actualIndex++;
    ({ expectedIndex, actualIndex, bound } = last);
  }
}

/** For each line, the names whose values it or a later one needs. */
function neededFrom(lines: readonly string[]): (readonly string[])[] {
  const all: (readonly string[])[] = [];
  let needed: readonly string[] = [];
  for (const line of lines.toReversed()) {
    const own = namesIn(line);
    needed = [...new Set([...needed, ...wordsIn(line)])].filter(name => !own.includes(name));
    all.unshift(needed);
  }
  return all;
}
