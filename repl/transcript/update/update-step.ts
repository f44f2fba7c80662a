import { compareStep } from '../compare/compare-step.ts';
import type { Actual, StepOutcome } from '../outcome.ts';
import { directiveKind, isErrorLine, readExpectation, unescapeLine } from '../parse/read-expectation.ts';
import { matchLine } from '../parse/match-line.ts';
import { anyLines, type Bindings } from '../parse/pattern.ts';
import type { Block, DatabaseName, Step } from '../transcript.ts';
import { updateLines } from './update-lines.ts';

/** A step that failed on a database, and what the names stood for before it ran. */
export interface FailedStep {
  readonly outcome: StepOutcome;
  readonly before: Bindings;
}

type Rules = Pick<Block, 'unordered' | 'setup'>;

/**
 * Updates what is written under a step. The same step that did the same gets the same lines, whatever was bound after it:
 * the steps after it were played with the names that these lines bind.
 *
 * @returns the lines to write so that the step passes on every database where it failed
 */
export function updateStep(step: Step, rules: Rules, failed: readonly FailedStep[]): readonly string[] {
  const { written } = step.expected;
  const updated = updateFrom(written, step, rules, failed);
  const bound = bindingsOf(updated, step, rules, failed);
  if (bound === undefined) {
    // A name that is bound twice to different values may leave a line that does not match, which is then written anew.
    const withoutOutput = written.filter(line => directiveKind(line) !== undefined);
    return updateFrom(withoutOutput, step, rules, failed);
  }
  // A line can keep a name that another line of the step binds, now that its value is known.
  const known = failed.map((each, index) => ({ ...each, before: bound[index] ?? each.before }));
  const again = updateFrom(written, step, rules, known);
  const same = bindingsOf(again, step, rules, failed)?.every((after, index) => isEqual(after, bound[index]));
  return same ? again : updated;
}

function updateFrom(
  written: readonly string[],
  step: Step,
  rules: Rules,
  failed: readonly FailedStep[],
): readonly string[] {
  return failed.reduce((lines, each) => updateFor(each, lines, step, rules), written);
}

/** What the names stand for after the step, on each database, with other lines under it; undefined if it fails. */
function bindingsOf(
  lines: readonly string[],
  step: Step,
  rules: Rules,
  failed: readonly FailedStep[],
): readonly Bindings[] | undefined {
  const expected = readExpectation(lines, () => {});
  const verdicts = failed.map(({ outcome: { actual, database }, before }) =>
    actual
      ? compareStep({ ...step, expected }, actual, { ...rules, database }, before)
      : { failures: [], bindings: before },
  );
  return verdicts.every(({ failures }) => failures.length === 0)
    ? verdicts.map(({ bindings }) => bindings)
    : undefined;
}

function isEqual(one: Bindings, other: Bindings | undefined): boolean {
  return one.size === other?.size && [...one].every(([name, value]) => other.get(name) === value);
}

/** Updates written lines for what failed on one database. */
function updateFor(
  { outcome: { failures, actual, database }, before: bindings }: FailedStep,
  lines: readonly string[],
  { expected }: Step,
  { unordered }: Rules,
): readonly string[] {
  if (!actual) return lines;
  return failures.reduce((updated, { kind }) => {
    switch (kind) {
      case 'output':
      case 'threw':
        return updateOutput(updated, printedFor(expected.output, actual), bindings, unordered);
      case 'sql':
        return updateSql(updated, actual.sql, bindings, database);
      case 'queries':
        return updateDirective(updated, kind, line => line.replace(/\d+\s*$/, String(actual.queries)));
      case 'pending':
        return updateDirective(updated, kind, () => `pending: ${actual.pending}`);
      case 'timeout':
      case 'left':
        return updated;
    }
  }, lines);
}

/** Where only the error itself is written, the advice that goes with it is left out. */
function printedFor(expected: readonly string[], { output, bare }: Actual): readonly string[] {
  return bare && isErrorLine(expected.at(-1) ?? '') ? bare : output;
}

/** Updates the output; directives between its lines stay where they are. */
function updateOutput(
  written: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
  unordered: boolean,
): readonly string[] {
  const end = written.findLastIndex(line => line.trim() !== '') + 1;
  const isOutput = (line: string) => directiveKind(line) === undefined;
  const output = written.slice(0, end).filter(isOutput);
  const printed = unordered ? inWrittenOrder(output, actual, bindings) : actual;
  const [before, ...replacements] = updateLines(output, printed, bindings);
  const start = written.slice(0, end).findIndex(isOutput);
  const lines = written
    .slice(0, end)
    .flatMap((line, index) => [
      ...(index === start ? before : []),
      ...(isOutput(line) ? (replacements.shift() ?? []) : [line]),
    ]);
  return [...lines, ...(start < 0 ? before : []), ...written.slice(end)];
}

/** Sorts printed lines as they are written, in a block where any order will do; new ones go to the `<...>` or the end. */
function inWrittenOrder(
  written: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): readonly string[] {
  const remaining = actual.filter(line => line !== '');
  const take = (matches: (line: string) => boolean) => {
    const index = remaining.findIndex(matches);
    return index < 0 ? [] : remaining.splice(index, 1);
  };
  const equal = written.map(line => take(printed => printed === unescapeLine(line)));
  const sorted = equal.map((lines, index) =>
    lines.length > 0
      ? lines
      : take(line => matchLine(unescapeLine(written[index] ?? ''), line, bindings) !== undefined),
  );
  const any = written.findIndex(line => line.trim() === anyLines);
  return sorted.toSpliced(any < 0 ? sorted.length : any, 0, remaining).flat();
}

function updateSql(
  written: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
  database: DatabaseName,
): readonly string[] {
  const heads = ['sql:', `sql(${database}):`];
  const headOf = (line: string) => heads.find(head => line === head || line.startsWith(`${head} `));
  const sql = written.filter(line => headOf(line) !== undefined);
  // A head alone means that no SQL is expected, not an empty statement.
  const statements = sql.map(line => line.slice(headOf(line)?.length).trim()).filter(Boolean);
  const [before, ...replacements] = updateLines(statements, actual, bindings);
  const start = written.findIndex(line => headOf(line) !== undefined);
  const lines = written.flatMap((line, index) => {
    const head = headOf(line);
    if (head === undefined) return [line];
    const replacement = line.trim() === head ? [] : (replacements.shift() ?? []);
    return [...(index === start ? before : []), ...replacement].map(text => `${head} ${text}`);
  });
  return lines.some(line => headOf(line) !== undefined)
    ? lines
    : lines.toSpliced(start, 0, headOf(written[start] ?? '') ?? 'sql:');
}

function updateDirective(
  written: readonly string[],
  kind: 'queries' | 'pending',
  update: (line: string) => string,
): readonly string[] {
  return written.map(line => (directiveKind(line) === kind ? update(line) : line));
}
