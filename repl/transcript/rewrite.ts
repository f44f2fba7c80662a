import { align, type Edit } from './align.ts';
import { directiveKind, escapeLine, unescapeLine } from './expectation.ts';
import type { Actual, StepOutcome } from './outcome.ts';
import {
  anyLines,
  type Bindings,
  isOfKind,
  matchLine,
  quoteWildcards,
  type Token,
  tokenize,
} from './pattern.ts';
import type { DatabaseName, Step } from './transcript.ts';

/** @returns the lines to write under a step, so that it passes wherever it failed */
export function rewriteStep({ expected }: Step, failed: readonly StepOutcome[]): readonly string[] {
  let { written } = expected;
  for (const { failures, actual, bindings, database } of failed) {
    if (!actual) continue;
    const bound = new Map(Object.entries(bindings));
    for (const failure of failures) {
      switch (failure.kind) {
        case 'output':
        case 'threw':
          written = putOutput(written, printed(expected.output, actual), bound);
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
): readonly string[] {
  const end = written.findLastIndex(line => line.trim() !== '') + 1;
  const isOutput = (line: string) => directiveKind(line) === undefined;
  const edits = alignLines(written.slice(0, end).filter(isOutput), actual, bindings);
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

function alignLines(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Edit<string, string>[] {
  return align(expected, actual, {
    matches: (line, found) => matchLine(unescapeLine(line), found, bindings) !== undefined,
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
  const own = written.some(line => line.startsWith(`sql(${database}):`));
  const prefix = own ? `sql(${database}):` : 'sql:';
  const applies = (line: string) => line.startsWith('sql:') || line.startsWith(`sql(${database}):`);
  const texts = written.filter(applies).map(line => line.replace(/^[^:]*: ?/, ''));
  const lines = mergeEdits(alignLines(texts, actual, bindings), bindings).flat();
  const now = (lines.length > 0 ? lines : ['']).map(text => `${prefix} ${text}`.trimEnd());
  const start = written.findIndex(applies);
  return written.flatMap((line, index) => (index === start ? now : applies(line) ? [] : [line]));
}

function putDirective(
  written: readonly string[],
  kind: 'queries' | 'pending',
  change: (line: string) => string,
): readonly string[] {
  return written.map(line => (directiveKind(line) === kind ? change(line) : line));
}

/** One token of a printed line, so that a wildcard can be laid against it. */
const words =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?|(?:[A-Za-z]:)?[\w.@-]*[\\/][^\s'"()`:]*|\w+|\s+|./gi;

/** A printed line in the place of an expected one, with every wildcard that has something to stand for. */
function rewriteLine(expected: string, actual: string, bindings: Bindings): string {
  const plain = escapeLine(quoteWildcards(actual, bindings));
  const tokens = tokenize(expected).flatMap<Token>(token =>
    token.kind === 'literal'
      ? (token.text.match(words) ?? []).map(text => ({ kind: 'literal', text, source: text }))
      : [token],
  );
  const text = (token: Token) =>
    token.kind === 'name' ? (bindings.get(token.name) ?? token.source) : token.source;
  const edits = align(tokens, actual.match(words) ?? [], {
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
  return matchLine(rewritten, actual, bindings) ? line : plain;
}
