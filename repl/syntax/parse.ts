import { Parser, type Options, type Program } from 'acorn';
import { eraseTypes } from './erase-types.ts';
import type { SourceError } from './source-error.ts';

/**
 * What a text is, decided by parsing alone: nothing has run.
 *
 * `source` is JavaScript on the same lines as the typed text; `program` is its syntax tree.
 */
export type Parsed =
  | { readonly kind: 'program'; readonly source: string; readonly program: Program }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid'; readonly error: SourceError };

type Invalid = Extract<Parsed, { kind: 'invalid' }>;

const dialect: Options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
};

/** A line is the body of a function, so that `using` lasts until its end. */
class Line extends Parser {
  get allowUsing(): boolean {
    return true;
  }
}

/**
 * Parses what was typed: JavaScript first, TypeScript where that is not JavaScript or could mean two things.
 *
 * @param text one or more statements of TypeScript
 * @returns the program, or that more lines are needed, or where it is wrong
 */
export function parseTyped(text: string): Parsed {
  const readings = startsLikeObject(text) ? [`(${text.trimEnd()}\n)`, text] : [text];
  let result = { kind: 'incomplete' } as Parsed;
  for (const reading of readings) {
    const read = parseScript(reading);
    if (read.kind === 'program' && !mayHoldTypeArguments(read.program)) return read;
    result = read.kind === 'invalid' && result.kind === 'invalid' ? furtherIn(text, result, read) : read;
  }
  if (result.kind === 'incomplete' || isCutOff(result)) return result;
  for (const reading of readings) {
    const erased = eraseTypes(reading);
    const parsed = erased.kind === 'erased' ? parseScript(erased.source) : undefined;
    if (parsed && parsed.kind !== 'invalid') return parsed;
    if (reading !== text || result.kind !== 'invalid') continue;
    if (erased.kind === 'incomplete') return erased;
    if (erased.kind === 'refused') return { kind: 'invalid', error: later(result.error, erased.error) };
  }
  return result;
}

/** A string or a regular expression ends on its line: more lines cannot mend it. */
function isCutOff(parsed: Parsed): boolean {
  return parsed.kind === 'invalid' && /^Unterminated (string|regular)/.test(parsed.error.message);
}

/** `{ a: 1 }` is an object where it can be one, as in every JavaScript shell; with a semicolon it is a block. */
function startsLikeObject(text: string): boolean {
  return /^\s*\{/.test(text) && !/;\s*$/.test(text);
}

function parseScript(source: string): Parsed {
  try {
    return { kind: 'program', source, program: Line.parse(source, dialect) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { pos, loc } = error as SyntaxError & { pos: number; loc: { line: number; column: number } };
    if (isUnfinished(error.message, source, pos)) return { kind: 'incomplete' };
    return {
      kind: 'invalid',
      error: { message: error.message.replace(/ \(\d+:\d+\)$/, ''), line: loc.line, column: loc.column },
    };
  }
}

function isUnfinished(message: string, source: string, pos: number): boolean {
  if (message.startsWith('Unterminated string')) return /\\\n?$/.test(source);
  if (message.startsWith('Unterminated regular')) return false;
  return pos >= source.length || /^Unterminated (template|comment)/.test(message);
}

/** `f<T>(x)` is two comparisons to a JavaScript parser, so a text that has both signs is asked about as TypeScript. */
function mayHoldTypeArguments(program: Program): boolean {
  const seen = new Set<string>();
  JSON.stringify(program, (_, value: unknown) => {
    if (isComparison(value)) seen.add(value.operator[0] ?? '');
    return typeof value === 'bigint' ? null : value;
  });
  return seen.has('<') && seen.has('>');
}

function isComparison(value: unknown): value is { operator: string } {
  return (value as { type?: string } | null)?.type === 'BinaryExpression';
}

/** Of the complaints about an object and about a block, the one that got further in what was typed. */
function furtherIn(text: string, { error }: Invalid, block: Invalid): Invalid {
  if (error.line > text.trimEnd().split('\n').length) return block;
  const column = error.line === 1 ? error.column - 1 : error.column;
  return { kind: 'invalid', error: later(block.error, { ...error, column }) };
}

/** Of two parsers' complaints, the one that got further understood more. */
function later(first: SourceError, second: SourceError): SourceError {
  if (first.line !== second.line) return first.line > second.line ? first : second;
  return first.column >= second.column ? first : second;
}
