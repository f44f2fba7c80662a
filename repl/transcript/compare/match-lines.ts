import { anyLines, type Bindings, matchLine, namesIn } from '../parse/pattern.ts';

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

/** Matches as a glob is matched: on a mismatch, the last `<...>` takes one more line. */
function matchInOrder(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  let bound = bindings;
  let expectedIndex = 0;
  let actualIndex = 0;
  let lastAny: { expectedIndex: number; actualIndex: number; bound: Bindings } | undefined;
  while (actualIndex < actual.length) {
    const line = expected[expectedIndex];
    if (line?.trim() === anyLines) {
      lastAny = { expectedIndex: ++expectedIndex, actualIndex, bound };
      continue;
    }
    const match = line === undefined ? undefined : matchLine(line, actual[actualIndex] ?? '', bound);
    if (match) {
      bound = match;
      expectedIndex++;
      actualIndex++;
    } else if (lastAny) {
      lastAny.actualIndex++;
      ({ expectedIndex, actualIndex, bound } = lastAny);
    } else return undefined;
  }
  return expected.slice(expectedIndex).every(line => line.trim() === anyLines) ? bound : undefined;
}

/** Lines without wildcards match their equals first; the others share what remains. */
function matchAnyOrder(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  const hasAny = expected.some(line => line.trim() === anyLines);
  // A blank line means nothing where lines have no order.
  const wanted = expected.filter(line => line !== '' && line.trim() !== anyLines);
  const remaining = actual.filter(line => line !== '');
  const patterns: string[] = [];
  for (const line of wanted) {
    const equal = remaining.indexOf(line);
    if (equal >= 0 && matchLine(line, line, bindings)) remaining.splice(equal, 1);
    else patterns.push(line);
  }
  if (hasAny ? patterns.length > remaining.length : patterns.length !== remaining.length) return undefined;
  return patterns.every(line => namesIn(line).length === 0)
    ? matchEach(patterns, remaining, bindings)
    : matchWithNames(patterns, remaining, bindings);
}

/** Gives each pattern a line that no other has: a bipartite matching by augmenting paths (Kuhn). */
function matchEach(
  patterns: readonly string[],
  lines: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  const fits = patterns.map(pattern => lines.map(line => matchLine(pattern, line, bindings) !== undefined));
  const owners = new Map<number, number>();
  const assign = (pattern: number, visited: Set<number>): boolean =>
    lines.some((_, line) => {
      if (fits[pattern]?.[line] !== true || visited.has(line)) return false;
      visited.add(line);
      const owner = owners.get(line);
      if (owner !== undefined && !assign(owner, visited)) return false;
      owners.set(line, pattern);
      return true;
    });
  return patterns.every((_, pattern) => assign(pattern, new Set())) ? bindings : undefined;
}

/** Tries every order, as what one pattern binds a name to decides what the others match. */
function matchWithNames(
  [pattern, ...others]: readonly string[],
  lines: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  if (pattern === undefined) return bindings;
  for (const [index, line] of lines.entries()) {
    const match = matchLine(pattern, line, bindings);
    const all = match && matchWithNames(others, lines.toSpliced(index, 1), match);
    if (all) return all;
  }
  return undefined;
}
