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
  return matchShared(sharing(patterns), patterns, remaining, bindings);
}

/** The patterns that bind or repeat a name which another one has, too. */
function sharing(patterns: readonly string[]): readonly string[] {
  const words = patterns.map(line => wordsIn(line));
  return patterns.filter((_, index) =>
    namesIn(patterns.join('\n')).some(
      name => words[index]?.has(name) && words.some((other, at) => at !== index && other.has(name)),
    ),
  );
}

/**
 * Tries every order of the patterns that share names, as what one binds a name to decides what the others match; the rest
 * is a matching.
 */
function matchShared(
  [pattern, ...others]: readonly string[],
  patterns: readonly string[],
  lines: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  if (pattern === undefined) return matchEach(patterns, lines, bindings);
  for (const [index, line] of lines.entries()) {
    const match = matchLine(pattern, line, bindings);
    const rest = patterns.toSpliced(patterns.indexOf(pattern), 1);
    const all = match && matchShared(others, rest, lines.toSpliced(index, 1), match);
    if (all) return all;
  }
  return undefined;
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
  if (!patterns.every((_, pattern) => assign(pattern, new Set()))) return undefined;
  return [...owners].reduce<Bindings>(
    (bound, [line, pattern]) => matchLine(patterns[pattern] ?? '', lines[line] ?? '', bound) ?? bound,
    bindings,
  );
}
