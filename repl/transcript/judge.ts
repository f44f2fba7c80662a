import { withoutBlankEnd } from './expectation.ts';
import type { Actual, Failure } from './outcome.ts';
import { anyLines, type Bindings, matchLine } from './pattern.ts';
import type { Block, DatabaseName, Step } from './transcript.ts';

/** What a step is held to. */
export interface Rules extends Pick<Block, 'unordered' | 'setup'> {
  readonly database: DatabaseName;
}

/**
 * Compares what a step did with what is written under it.
 *
 * @returns every way in which it differs, and the bindings with those that it made
 */
export function judge(
  { expected }: Step,
  actual: Actual,
  rules: Rules,
  bindings: Bindings,
): { failures: readonly Failure[]; bindings: Bindings } {
  const failures: Failure[] = [];
  let bound = bindings;
  const compare = (kind: 'output' | 'sql', wanted: readonly string[], found: (readonly string[])[]) => {
    for (const lines of found) {
      const match = matchLines(wanted, lines, bound, kind === 'output' && rules.unordered);
      if (match) {
        bound = match;
        return;
      }
    }
    const [shown = []] = found;
    const threw = kind === 'output' && actual.bare !== undefined && !expectsError(wanted);
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
  if (queries && (queries.atMost ? actual.queries > queries.count : actual.queries !== queries.count))
    failures.push({
      kind: 'queries',
      expected: `${queries.atMost ? '<=' : ''}${queries.count}`,
      actual: String(actual.queries),
    });
  if (pending !== undefined) {
    const match = matchLine(pending === '' ? 'nothing' : pending, actual.pending, bound);
    if (match) bound = match;
    else failures.push({ kind: 'pending', expected: pending, actual: actual.pending });
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
  return withoutBlankEnd(lines.filter(line => !/^\s+at .+(?::\d+:\d+\)?|\(<anonymous>\))$/.test(line)));
}

function expectsError(lines: readonly string[]): boolean {
  return lines.some(line => line.startsWith('Uncaught ') || line === anyLines);
}

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

/** Lines without wildcards take their equals first; the others try what is left, in every order if need be. */
function matchAnyOrder(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  const open = expected.some(line => line.trim() === anyLines);
  const wanted = expected.filter(line => line.trim() !== anyLines);
  const left = [...actual];
  const patterns: string[] = [];
  for (const line of wanted) {
    const equal = left.findIndex(each => each === line);
    if (equal >= 0 && matchLine(line, line, bindings)) left.splice(equal, 1);
    else patterns.push(line);
  }
  if (open ? patterns.length > left.length : patterns.length !== left.length) return undefined;
  const place = (index: number, rest: readonly string[], bound: Bindings): Bindings | undefined => {
    const pattern = patterns[index];
    if (pattern === undefined) return bound;
    for (const [at, line] of rest.entries()) {
      const match = matchLine(pattern, line, bound);
      const placed = match && place(index + 1, rest.toSpliced(at, 1), match);
      if (placed) return placed;
    }
    return undefined;
  };
  return place(0, left, bindings);
}
