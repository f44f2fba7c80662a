import { dialectNamed, withoutNameQuotes, withoutOptionalSpaces } from '../../../src/index.ts';
import type { Actual, Failure } from '../outcome.ts';
import { isErrorLine } from '../parse/read-expectation.ts';
import { matchLine } from '../parse/match-line.ts';
import type { Bindings } from '../parse/pattern.ts';
import type { Block, DatabaseName, Expectation, Step } from '../transcript.ts';
import { matchLines } from './match-lines.ts';
import { withoutStack } from './without-stack.ts';

/** What decides how a step is compared, besides what is written under it. */
export interface ComparisonRules extends Pick<Block, 'unordered' | 'setup'> {
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
  rules: ComparisonRules,
  bindings: Bindings,
): { failures: readonly Failure[]; bindings: Bindings } {
  const failures: Failure[] = [];
  let bound = bindings;
  for (const compare of [compareOutput, compareSql, compareQueries, comparePending]) {
    const result = compare(expected, actual, rules, bound);
    if (isFailure(result)) failures.push(result);
    else bound = result;
  }
  return { failures, bindings: bound };
}

/** The SQL that is written for a database; undefined if none is, which means that it is not checked. */
export function expectedSql(written: Expectation['sql'], database: DatabaseName): string[] | undefined {
  const { family } = dialectNamed(database);
  const lines = written.filter(line => line.database === undefined || line.database === database);
  return lines.length === 0
    ? undefined
    : lines.map(({ text }) => withoutNameQuotes(text, family)).filter(Boolean);
}

/** The bindings with those that the comparison made, or how it failed. */
type Comparison = Bindings | Failure;

function isFailure(result: Comparison): result is Failure {
  return 'kind' in result;
}

function compareOutput(
  { output }: Expectation,
  { output: printed, bare }: Actual,
  { setup, unordered }: ComparisonRules,
  bindings: Bindings,
): Comparison {
  // A hidden block runs for its effect: what it prints is checked only where something is written.
  if (setup && output.length === 0 && bare === undefined) return bindings;
  const expected = withoutStack(output);
  if (bare && !expected.some(isErrorLine)) return { kind: 'threw', expected, actual: printed };
  return (
    matchLines(expected, printed, bindings, unordered) ??
    (bare && matchLines(expected, bare, bindings, unordered)) ?? { kind: 'output', expected, actual: printed }
  );
}

function compareSql(
  { sql }: Expectation,
  actual: Actual,
  { database }: ComparisonRules,
  bindings: Bindings,
): Comparison {
  const expected = expectedSql(sql, database);
  if (!expected) return bindings;
  const { family } = dialectNamed(database);
  const compared = (lines: readonly string[]) => lines.map(line => withoutOptionalSpaces(line, family));
  return (
    matchLines(compared(expected), compared(actual.sql), bindings) ?? {
      kind: 'sql',
      expected,
      actual: actual.sql,
    }
  );
}

function compareQueries(
  { queries }: Expectation,
  { queries: ran = Number.NaN }: Actual,
  _: ComparisonRules,
  bindings: Bindings,
): Comparison {
  if (!queries) return bindings;
  const { atMost, count } = queries;
  if (atMost ? ran <= count : ran === count) return bindings;
  return { kind: 'queries', expected: `${atMost ? '<=' : ''}${count}`, actual: String(ran) };
}

function comparePending(
  { pending }: Expectation,
  { pending: staged = 'nothing' }: Actual,
  _: ComparisonRules,
  bindings: Bindings,
): Comparison {
  if (pending === undefined) return bindings;
  return (
    matchLine(pending === '' ? 'nothing' : pending, staged, bindings) ?? {
      kind: 'pending',
      expected: pending,
      actual: staged,
    }
  );
}
