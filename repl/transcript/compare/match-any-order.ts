import { MikroscopeError } from '../../../src/index.ts';
import { matchLine } from '../parse/match-line.ts';
import { anyLines, type Bindings, namesIn, wordsIn } from '../parse/pattern.ts';

/**
 * Matches printed lines with expected ones in any order. Lines without wildcards match their equals first; the others share
 * what remains.
 *
 * @returns the bindings with those that the lines made; undefined if they do not match
 * @throws MikroscopeError `BadArgument` where that would take too long
 */
export function matchAnyOrder(
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

/** How often patterns are compared with lines at most, which takes about a second. */
const maxComparisons = 100_000;

/**
 * Tries every line for the patterns that share names, as what one binds a name to decides what the others match; the rest
 * is a matching. A line is given up as soon as one of the others has none left whatever else is bound.
 *
 * @throws MikroscopeError `BadArgument` where that would take too long
 */
function matchShared(
  shared: readonly string[],
  patterns: readonly string[],
  lines: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  let comparisons = 0;
  const words = new Map(shared.map(pattern => [pattern, wordsIn(pattern)]));
  const wordsOf = (pattern: string) => words.get(pattern) ?? new Set<string>();
  const match = (pattern: string, line: string, bound: Bindings) => {
    if (++comparisons > maxComparisons)
      throw new MikroscopeError(
        'BadArgument',
        `${patterns.length} lines without an order that share names may stand for the ${lines.length} printed ones in too many ways`,
        'Write more of what is in each line, or let the query order them and leave {unordered} out.',
      );
    return matchLine(pattern, line, bound);
  };
  const from = (
    [pattern, ...others]: readonly string[],
    left: readonly string[],
    bound: Bindings,
  ): Bindings | undefined => {
    if (pattern === undefined) {
      const alone = [...patterns];
      for (const each of shared) alone.splice(alone.indexOf(each), 1);
      return matchEach(alone, left, bound);
    }
    const tried = new Set<string>();
    for (const [index, line] of left.entries()) {
      if (tried.has(line)) continue;
      tried.add(line);
      const matched = match(pattern, line, bound);
      if (matched === undefined) continue;
      const rest = left.toSpliced(index, 1);
      const binds = namesIn(pattern);
      const isHopeless = others.some(
        (other, at) =>
          binds.some(name => wordsOf(other).has(name)) &&
          // What an earlier one of them binds is not known yet.
          !others.slice(0, at).some(before => namesIn(before).some(name => wordsOf(other).has(name))) &&
          rest.every(each => match(other, each, matched) === undefined),
      );
      if (isHopeless) continue;
      const all = from(others, rest, matched);
      if (all) return all;
    }
    return undefined;
  };
  return from(shared, lines, bindings);
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
