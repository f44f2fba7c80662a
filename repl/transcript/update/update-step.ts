import { align, type Edit } from '../align.ts';
import { directiveKind, escapeLine, readExpectation, standsFor, unescapeLine } from '../parse/expectation.ts';
import { compareStep } from '../run/compare-step.ts';
import type { Actual, StepOutcome } from '../run/outcome.ts';
import {
  anyLines,
  type Bindings,
  isOfKind,
  matchLine,
  printedWords,
  quoteWildcards,
  type Token,
  tokenize,
} from '../parse/pattern.ts';
import type { Block, DatabaseName, Step } from '../transcript.ts';

/** A step that failed, and what the names stood for before it ran. */
export interface FailedStep {
  readonly outcome: StepOutcome;
  readonly before: Bindings;
}

/** @returns the lines to write under a step, so that it passes wherever it failed */
export function updateStep(
  step: Step,
  block: Pick<Block, 'unordered' | 'setup'>,
  failed: readonly FailedStep[],
): readonly string[] {
  const { written } = step.expected;
  const after = ({ outcome }: FailedStep) => new Map(Object.entries(outcome.bindings));
  // A name that is bound in two ways at once may leave a line that does not match; it is then written without.
  const attempts: [readonly string[], (each: FailedStep) => Bindings][] = [
    [written, after],
    [written, ({ before }) => before],
    [written.filter(line => directiveKind(line) !== undefined), ({ before }) => before],
  ];
  let lines: readonly string[] = written;
  for (const [from, bindingsOf] of attempts) {
    lines = from;
    for (const each of failed) lines = rewriteFor(lines, step, block, each.outcome, bindingsOf(each));
    const expected = readExpectation(lines, () => {});
    const passes = ({ outcome: { actual, database }, before }: FailedStep) =>
      !actual ||
      compareStep({ ...step, expected }, actual, { ...block, database }, before).failures.length === 0;
    if (failed.every(passes)) break;
  }
  return lines;
}

function rewriteFor(
  lines: readonly string[],
  { expected }: Step,
  { unordered }: Pick<Block, 'unordered'>,
  { failures, actual, database }: StepOutcome,
  bound: Bindings,
): readonly string[] {
  let written = lines;
  if (actual)
    for (const failure of failures) {
      switch (failure.kind) {
        case 'output':
        case 'threw':
          written = putOutput(written, printed(expected.output, actual), bound, unordered);
          break;
        case 'sql':
          written = putSql(written, actual.sql, bound, database);
          break;
        case 'queries':
          written = putDirective(written, failure.kind, text =>
            text.replace(/\d+\s*$/, String(actual.queries)),
          );
          break;
        case 'pending':
          written = putDirective(written, failure.kind, () => `pending: ${actual.pending}`);
          break;
        case 'timeout':
        case 'left':
          break;
      }
    }
  return written;
}

/** Where only the error itself was written, the advice that goes with it stays out. */
function printed(expected: readonly string[], { output, bare }: Actual): readonly string[] {
  return bare && expected.at(-1)?.startsWith('Uncaught ') ? bare : output;
}

/** Lines that are not output stay where they are. */
function putOutput(
  written: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
  unordered: boolean,
): readonly string[] {
  const end = written.findLastIndex(line => line.trim() !== '') + 1;
  const isOutput = (line: string) => directiveKind(line) === undefined;
  const before = written.slice(0, end).filter(isOutput);
  const edits = alignLines(before, unordered ? inOrderOf(before, actual, bindings) : actual, bindings);
  const groups = mergeEdits(edits, bindings);
  const first = groups.shift() ?? [];
  const start = written.slice(0, end).findIndex(isOutput);
  const lines = written
    .slice(0, end)
    .flatMap((line, index) => [
      ...(index === start ? first : []),
      ...(isOutput(line) ? (groups.shift() ?? []) : [line]),
    ]);
  return [...lines, ...(start < 0 ? first : []), ...written.slice(end)];
}

/** Printed lines in the order in which they are written, where any order will do; new ones at the `<...>` or the end. */
function inOrderOf(
  written: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): readonly string[] {
  const left = actual.filter(line => line !== '');
  const take = (matches: (line: string) => boolean) => {
    const at = left.findIndex(matches);
    return at < 0 ? [] : left.splice(at, 1);
  };
  const plain = written.map(line => take(found => found === unescapeLine(line)));
  const taken = plain.map((found, index) =>
    found.length > 0
      ? found
      : take(line => matchLine(unescapeLine(written[index] ?? ''), line, bindings) !== undefined),
  );
  const rest = written.findIndex(line => line.trim() === anyLines);
  return taken.toSpliced(rest < 0 ? taken.length : rest, 0, left).flat();
}

function alignLines(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Edit<string, string>[] {
  return align(expected, actual, {
    matches: (line, found) => standsFor(line, found, bindings),
    isAny: line => line.trim() === anyLines,
    weight: () => 1,
  });
}

/**
 * Pairs lines that went with lines that came.
 *
 * @returns the lines that come before the first expected one, and then those in the place of each
 */
function mergeEdits(edits: readonly Edit<string, string>[], bindings: Bindings): string[][] {
  const groups: string[][] = [[]];
  const waiting: { readonly text: string; readonly group: string[] }[] = [];
  for (const edit of edits) {
    if (edit.kind === 'add') {
      const went = waiting.shift();
      if (went) went.group.push(rewriteLine(went.text, edit.actual, bindings));
      else groups.at(-1)?.push(escapeLine(quoteWildcards(edit.actual, bindings)));
      continue;
    }
    const group: string[] = [];
    groups.push(group);
    if (edit.kind === 'drop') waiting.push({ text: edit.expected, group });
    else {
      waiting.length = 0;
      group.push(edit.expected);
    }
  }
  return groups;
}

function putSql(
  written: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
  database: DatabaseName,
): readonly string[] {
  const heads = ['sql:', `sql(${database}):`];
  const headOf = (line: string) => heads.find(head => line === head || line.startsWith(`${head} `));
  const before = written.filter(line => headOf(line) !== undefined);
  // An empty line stands for no SQL, and not for a statement.
  const texts = before.map(line => line.slice(headOf(line)?.length).trim()).filter(Boolean);
  const [first = [], ...groups] = mergeEdits(alignLines(texts, actual, bindings), bindings);
  const start = written.findIndex(line => headOf(line) !== undefined);
  const lines = written.flatMap((line, index) => {
    const head = headOf(line);
    if (head === undefined) return [line];
    const group = line.trim() === head ? [] : (groups.shift() ?? []);
    return [...(index === start ? first : []), ...group].map(text => `${head} ${text}`);
  });
  return lines.some(line => headOf(line) !== undefined)
    ? lines
    : lines.toSpliced(start, 0, headOf(written[start] ?? '') ?? 'sql:');
}

function putDirective(
  written: readonly string[],
  kind: 'queries' | 'pending',
  change: (line: string) => string,
): readonly string[] {
  return written.map(line => (directiveKind(line) === kind ? change(line) : line));
}

/** A printed line in the place of an expected one, with every wildcard that has something to stand for. */
function rewriteLine(expected: string, actual: string, bindings: Bindings): string {
  const plain = escapeLine(quoteWildcards(actual, bindings));
  const tokens = tokenize(expected).flatMap<Token>(token =>
    token.kind === 'literal'
      ? printedWords(token.text).map(text => ({ kind: 'literal', text, source: text }))
      : [token],
  );
  const text = (token: Token) =>
    token.kind === 'name' ? (bindings.get(token.name) ?? token.source) : token.source;
  const edits = align(tokens, printedWords(actual), {
    matches: (token, word) => (token.kind === 'wildcard' ? isOfKind(token.type, word) : text(token) === word),
    isAny: token => token.kind === 'wildcard' && token.type === '*',
    weight: token => (token.kind === 'literal' ? 1 : 3),
  });
  const rewritten = edits
    .map(edit => {
      if (edit.kind === 'drop') return '';
      if (edit.kind === 'keep' && edit.expected.kind !== 'literal') return edit.expected.source;
      return quoteWildcards(edit.kind === 'add' ? edit.actual : (edit.actual[0] ?? ''), bindings);
    })
    .join('');
  const line = escapeLine(rewritten);
  return standsFor(line, actual, bindings) ? line : plain;
}
