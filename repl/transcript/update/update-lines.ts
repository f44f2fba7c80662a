import { alignLines } from '../compare/align-lines.ts';
import { align, type Edit } from '../compare/align.ts';
import { escapeLine, standsFor, unescapeLine } from '../parse/read-expectation.ts';
import {
  type Bindings,
  expressionOf,
  isOfKind,
  printedWords,
  quoteWildcards,
  type Token,
  tokenize,
  withNames,
} from '../parse/pattern.ts';

/**
 * Updates written lines to printed ones. A line that matches stays; one that was replaced keeps every wildcard that
 * still has something to match.
 *
 * @returns the lines to write before the first written one, then those that replace each written one
 */
export function updateLines(
  written: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): [before: string[], ...replacements: string[][]] {
  const groups: [string[], ...string[][]] = [[]];
  const dropped: { readonly text: string; readonly group: string[] }[] = [];
  for (const edit of alignLines(written, actual, bindings)) {
    if (edit.kind === 'add') {
      const replaced = dropped.shift();
      if (replaced) replaced.group.push(updateLine(replaced.text, edit.actual, bindings));
      else groups.at(-1)?.push(writeLine(edit.actual, bindings));
      continue;
    }
    const group: string[] = [];
    groups.push(group);
    if (edit.kind === 'drop') dropped.push({ text: edit.expected, group });
    else {
      dropped.length = 0;
      group.push(edit.expected);
    }
  }
  return groups;
}

/** Wildcards are dropped last: one is worth several words. */
const wildcardWeight = 3;

/** A printed line in place of a written one, with every wildcard that still has something to match. */
function updateLine(written: string, actual: string, bindings: Bindings): string {
  const tokens = tokenize(written).flatMap<Token>(token =>
    token.kind === 'literal'
      ? printedWords(token.text).map(text => ({ kind: 'literal', text, source: text }))
      : [token],
  );
  const text = (token: Token) =>
    token.kind === 'name' ? (bindings.get(token.name) ?? token.source) : token.source;
  const edits = align(tokens, wordsFor(actual, tokens), {
    matches: (token, word) => (token.kind === 'wildcard' ? isOfKind(token.type, word) : text(token) === word),
    isAny: token => token.kind === 'wildcard' && token.type === '*',
    weight: token => (token.kind === 'literal' ? 1 : wildcardWeight),
  });
  const parts = partsOf(edits);
  const line = escapeLine(
    parts
      .map(part =>
        part.kind === 'literal' ? withNames(quoteWildcards(part.source, bindings), bindings) : part.source,
      )
      .join(''),
  );
  // What is printed around a wildcard may make another one of it.
  const isNarrow = wildcardsOf(tokenize(unescapeLine(line))) === wildcardsOf(parts);
  return isNarrow && standsFor(line, actual, bindings) ? line : writeLine(actual, bindings);
}

/** A piece of an updated line: a wildcard or a name that stays, or the printed text between two of them. */
type Part = Pick<Token, 'kind' | 'source'>;

/** Printed words are joined, as several of them may look like a wildcard. */
function partsOf(edits: readonly Edit<Token, string>[]): Part[] {
  const parts: Part[] = [];
  for (const edit of edits) {
    if (edit.kind === 'drop') continue;
    const isKept = edit.kind === 'keep' && edit.expected.kind !== 'literal';
    const printed = edit.kind === 'add' ? edit.actual : (edit.actual[0] ?? '');
    const last = parts.at(-1);
    if (isKept) parts.push(edit.expected);
    else if (last?.kind === 'literal')
      parts.splice(-1, 1, { kind: 'literal', source: last.source + printed });
    else parts.push({ kind: 'literal', source: printed });
  }
  return parts;
}

function wildcardsOf(parts: readonly Part[]): string {
  return parts.flatMap(({ kind, source }) => (kind === 'wildcard' ? [source] : [])).join('\n');
}

/** The words of a printed line. What a regular expression matches is one, the longest from the left. */
function wordsFor(actual: string, tokens: readonly Token[]): string[] {
  const expressions = tokens.flatMap(token =>
    token.kind === 'wildcard' ? (expressionOf(token.type) ?? []) : [],
  );
  const words: string[] = [];
  let start = 0;
  for (let at = 0; expressions.length > 0 && at < actual.length; at++) {
    const end = Math.max(...expressions.map(expression => expression.endsFrom(actual, at).at(-1) ?? at));
    if (end <= at) continue;
    words.push(...printedWords(actual.slice(start, at)), actual.slice(at, end));
    start = end;
    at = end - 1;
  }
  return [...words, ...printedWords(actual.slice(start))];
}

/** A printed line with names in place of their values, unless the line would then no longer match. */
function writeLine(actual: string, bindings: Bindings): string {
  const quoted = quoteWildcards(actual, bindings);
  const named = escapeLine(withNames(quoted, bindings));
  return standsFor(named, actual, bindings) ? named : escapeLine(quoted);
}
