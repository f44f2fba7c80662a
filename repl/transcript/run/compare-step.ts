import { isErrorLine, withoutBlankEnd } from '../parse/expectation.ts';
import type { Actual, Failure } from './outcome.ts';
import { anyLines, type Bindings, matchLine, namesIn } from '../parse/pattern.ts';
import type { Block, DatabaseName, Step } from '../transcript.ts';

/** What a step is held to. */
export interface Rules extends Pick<Block, 'unordered' | 'setup'> {
  readonly database: DatabaseName;
}

/**
 * Compares what a step did with what is written under it.
 *
 * @returns every way in which it differs, and the bindings with those that it made
 */
export function compareStep(
  { expected }: Step,
  actual: Actual,
  rules: Rules,
  bindings: Bindings,
): { failures: readonly Failure[]; bindings: Bindings } {
  const failures: Failure[] = [];
  let bound = bindings;
  const compare = (kind: 'output' | 'sql', wanted: readonly string[], found: (readonly string[])[]) => {
    const threw = kind === 'output' && actual.bare !== undefined && !wanted.some(isErrorLine);
    for (const lines of threw ? [] : found) {
      const match = matchLines(wanted, lines, bound, kind === 'output' && rules.unordered);
      if (match) {
        bound = match;
        return;
      }
    }
    const [shown = []] = found;
    failures.push({ kind: threw ? 'threw' : kind, expected: wanted, actual: shown });
  };
  const { bare } = actual;
  // A hidden block is there for what it does; what it prints is checked where it is written.
  const unwritten = rules.setup && expected.output.length === 0 && bare === undefined;
  if (!unwritten)
    compare('output', withoutStack(expected.output), bare ? [actual.output, bare] : [actual.output]);
  const sql = expectedSql(expected.sql, rules.database);
  if (sql) compare('sql', sql, [actual.sql]);
  const { queries, pending } = expected;
  const { pending: staged = 'nothing' } = actual;
  if (queries && (queries.atMost ? actual.queries > queries.count : actual.queries !== queries.count))
    failures.push({
      kind: 'queries',
      expected: `${queries.atMost ? '<=' : ''}${queries.count}`,
      actual: String(actual.queries),
    });
  if (pending !== undefined) {
    const match = matchLine(pending === '' ? 'nothing' : pending, staged, bound);
    if (match) bound = match;
    else failures.push({ kind: 'pending', expected: pending, actual: staged });
  }
  return { failures, bindings: bound };
}

/** The SQL that is written for a database; undefined if there is none, and any will do. */
export function expectedSql(written: Step['expected']['sql'], database: DatabaseName): string[] | undefined {
  const lines = written.filter(line => line.database === undefined || line.database === database);
  return lines.length === 0 ? undefined : lines.map(({ text }) => withoutQuotes(text)).filter(Boolean);
}

/** Takes the quotes of names out of SQL, and leaves those of values. */
export function withoutQuotes(sql: string): string {
  return sql.replaceAll(/'(?:[^']|'')*'|["`]/g, quoted => (quoted.startsWith("'") ? quoted : ''));
}

/** Stacks are never compared. */
export function withoutStack(lines: readonly string[]): string[] {
  return withoutBlankEnd(lines.filter(line => !frame.test(line)));
}

/** A line of a stack; what the error holds besides may open behind the last. */
const frame = /^\s+at (?:.*(?::\d+:\d+\)?|\((?:<anonymous>|native|index \d+)\))|<anonymous>)(?: \{)?$/;

/** @returns the bindings, with those that were made; undefined if the lines are not what was expected */
export function matchLines(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
  unordered = false,
): Bindings | undefined {
  return unordered ? matchAnyOrder(expected, actual, bindings) : matchInOrder(expected, actual, bindings);
}

/** The way to match a glob: on a mismatch, the last `<...>` takes one line more. */
function matchInOrder(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  let bound = bindings;
  let at = 0;
  let last: { expected: number; actual: number; bound: Bindings } | undefined;
  for (let index = 0; index < actual.length;) {
    const wanted = expected[at];
    if (wanted?.trim() === anyLines) {
      last = { expected: ++at, actual: index, bound };
      continue;
    }
    const match = wanted === undefined ? undefined : matchLine(wanted, actual[index] ?? '', bound);
    if (match) {
      bound = match;
      at++;
      index++;
    } else if (last) {
      last.actual++;
      ({ expected: at, actual: index, bound } = last);
    } else return undefined;
  }
  return expected.slice(at).every(line => line.trim() === anyLines) ? bound : undefined;
}

/** Lines without wildcards take their equals first; the others share what is left. */
function matchAnyOrder(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  const open = expected.some(line => line.trim() === anyLines);
  // An empty line says nothing where there is no order.
  const wanted = expected.filter(line => line !== '' && line.trim() !== anyLines);
  const left = actual.filter(line => line !== '');
  const patterns: string[] = [];
  for (const line of wanted) {
    const equal = left.findIndex(each => each === line);
    if (equal >= 0 && matchLine(line, line, bindings)) left.splice(equal, 1);
    else patterns.push(line);
  }
  if (open ? patterns.length > left.length : patterns.length !== left.length) return undefined;
  return patterns.every(line => namesIn(line).length === 0)
    ? share(patterns, left, bindings)
    : tryAll(patterns, left, bindings);
}

/** Gives every pattern a line of its own, by augmenting paths (Kuhn). */
function share(
  patterns: readonly string[],
  lines: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  const fits = patterns.map(pattern => lines.map(line => matchLine(pattern, line, bindings) !== undefined));
  const owners = new Map<number, number>();
  const place = (pattern: number, seen: Set<number>): boolean =>
    lines.some((_, line) => {
      if (fits[pattern]?.[line] !== true || seen.has(line)) return false;
      seen.add(line);
      const owner = owners.get(line);
      if (owner !== undefined && !place(owner, seen)) return false;
      owners.set(line, pattern);
      return true;
    });
  return patterns.every((_, pattern) => place(pattern, new Set())) ? bindings : undefined;
}

/** What a name is bound to decides what fits the others, so every order is tried. */
function tryAll(
  [pattern, ...others]: readonly string[],
  lines: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  if (pattern === undefined) return bindings;
  for (const [at, line] of lines.entries()) {
    const match = matchLine(pattern, line, bindings);
    const placed = match && tryAll(others, lines.toSpliced(at, 1), match);
    if (placed) return placed;
  }
  return undefined;
}
