import { compareStep } from '../compare/compare-step.ts';
import type { Actual, StepOutcome } from '../outcome.ts';
import { directiveKind, isErrorLine, readExpectation, unescapeLine } from '../parse/read-expectation.ts';
import { anyLines, type Bindings, matchLine } from '../parse/pattern.ts';
import type { Block, DatabaseName, Step } from '../transcript.ts';
import { updateLines } from './update-lines.ts';

/** A step that failed on a database, and what the names stood for before it ran. */
export interface FailedStep {
  readonly outcome: StepOutcome;
  readonly before: Bindings;
}

/** @returns the lines to write under a step so that it passes on every database where it failed */
export function updateStep(
  step: Step,
  block: Pick<Block, 'unordered' | 'setup'>,
  failed: readonly FailedStep[],
): readonly string[] {
  const { written } = step.expected;
  const after = ({ outcome }: FailedStep) => new Map(Object.entries(outcome.bindings));
  const before = (each: FailedStep) => each.before;
  const withoutOutput = written.filter(line => directiveKind(line) !== undefined);
  // A name that is bound twice to different values may leave a line that does not match, which is then written anew.
  const attempts: [lines: readonly string[], bindingsOf: (each: FailedStep) => Bindings][] = [
    [written, after],
    [written, before],
    [withoutOutput, before],
  ];
  let lines: readonly string[] = written;
  for (const [start, bindingsOf] of attempts) {
    lines = failed.reduce(
      (updated, each) => updateFor(each.outcome, updated, step, block, bindingsOf(each)),
      start,
    );
    if (failed.every(each => passes(lines, step, block, each))) break;
  }
  return lines;
}

function passes(
  lines: readonly string[],
  step: Step,
  block: Pick<Block, 'unordered' | 'setup'>,
  { outcome: { actual, database }, before }: FailedStep,
): boolean {
  if (!actual) return true;
  const expected = readExpectation(lines, () => {});
  return compareStep({ ...step, expected }, actual, { ...block, database }, before).failures.length === 0;
}

/** Updates written lines for what failed on one database. */
function updateFor(
  { failures, actual, database }: StepOutcome,
  lines: readonly string[],
  { expected }: Step,
  { unordered }: Pick<Block, 'unordered'>,
  bindings: Bindings,
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
