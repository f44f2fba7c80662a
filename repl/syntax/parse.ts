import { getLineInfo, Parser, type Options, type Program } from 'acorn';
import { eraseTypes } from './erase-types.ts';
import { withoutExports } from './exports.ts';
import { awaitInFunction, reworded } from './reworded.ts';
import type { SourceError } from './source-error.ts';
import { walk } from './walk.ts';

/**
 * What a text is, decided by parsing alone: nothing has run.
 *
 * `source` is JavaScript on the same lines as the typed text, `program` its syntax tree, and `typed` what was typed there,
 * with its types.
 */
export type Parsed =
  | {
      readonly kind: 'program';
      readonly source: string;
      readonly typed: string;
      readonly program: Program;
    }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid'; readonly error: SourceError };

type Invalid = Extract<Parsed, { kind: 'invalid' }>;

/**
 * Parses what was typed: as JavaScript first, and as TypeScript if it is not JavaScript or could mean two things. Never
 * throws.
 *
 * @param typed one or more statements of TypeScript
 * @returns the program, or that more lines are needed, or where it is wrong
 */
export function parseTyped(typed: string): Parsed {
  // The first line of a script that is a program is a comment to JavaScript.
  const text = typed.replace(/^#!/, '//');
  return unlessTooDeep<Parsed>(() => {
    const readings = readingsOf(text);
    const { parsed, isCertain } = parseJavaScript(text, readings);
    return isCertain ? parsed : parseTypeScript(text, readings, parsed);
  });
}

/** What is said of a text that overflows the stack. */
export const tooDeep = 'This is nested too deeply: give names to parts of it, in statements of their own.';

/** Works on a syntax tree; one that is nested so deeply that the stack overflows is answered in a sentence. */
export function unlessTooDeep<T>(work: () => T): T | Invalid {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'invalid', error: { message: tooDeep, line: 1, column: 0 } };
  }
}

/** `{ a: 1 }` is an object if it can be one, as in every JavaScript shell; with a semicolon it is a block. */
function readingsOf(text: string): readonly string[] {
  const startsLikeObject = /^\s*\{/.test(text) && !/;\s*$/.test(text);
  return startsLikeObject ? [`(${text.trimEnd()}\n)`, text] : [text];
}

/** @returns the first reading that is a program; `isCertain` if TypeScript cannot read the text in another way */
function parseJavaScript(text: string, readings: readonly string[]): { parsed: Parsed; isCertain: boolean } {
  let parsed = { kind: 'incomplete' } as Parsed;
  for (const reading of readings) {
    const next = parseScript(reading);
    if (next.kind === 'program' && !mayHaveTypeArguments(next.program))
      return { parsed: next, isCertain: true };
    parsed = next.kind === 'invalid' && parsed.kind === 'invalid' ? furthestOf(text, parsed, next) : next;
  }
  return { parsed, isCertain: parsed.kind === 'incomplete' || isUnterminated(parsed) };
}

/** @returns the first reading that is a program without its types; what JavaScript said if there is none */
function parseTypeScript(text: string, readings: readonly string[], javaScript: Parsed): Parsed {
  for (const reading of readings) {
    const erased = eraseTypes(reading, source => parseScript(source).kind === 'program');
    if (erased.kind === 'erased') {
      const parsed = parseScript(erased.source, reading);
      if (parsed.kind !== 'invalid') return parsed;
      // JavaScript alone did not get beyond the first type.
      if (parsed.error.message === awaitInFunction && !isAwait(javaScript))
        return { kind: 'invalid', error: { message: awaitInFunction, ...placeOfAwait(reading) } };
    } else if (reading === text && javaScript.kind === 'invalid')
      return erased.kind === 'incomplete'
        ? erased
        : { kind: 'invalid', error: laterOf(javaScript.error, erased.error) };
  }
  return javaScript;
}

function isAwait(parsed: Parsed): boolean {
  return parsed.kind === 'invalid' && parsed.error.message === awaitInFunction;
}

/** The code that TypeScript wrote is not at the same places. */
function placeOfAwait(text: string): { line: number; column: number } {
  return getLineInfo(text, Math.max(0, text.search(/\bawait\b/)));
}

/** A string or a regular expression ends on its line, so that more lines cannot complete it. */
function isUnterminated(parsed: Parsed): boolean {
  return parsed.kind === 'invalid' && /^Unterminated (string|regular)/.test(parsed.error.message);
}

const options: Options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
};

/** A line is compiled to the body of a function, where `using` is allowed. */
class LineParser extends Parser {
  get allowUsing(): boolean {
    return true;
  }
}

/** @param typed what `source` was made from; if code was generated, it is not at the same places */
function parseScript(source: string, typed = source): Parsed {
  try {
    const program = LineParser.parse(source, options);
    const plain = withoutExports(source, program);
    if (plain !== source) return parseScript(plain, typed);
    return { kind: 'program', source, typed: typed.length === source.length ? typed : source, program };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (error.message.startsWith('Not enough stack')) throw new RangeError(error.message);
    const { pos, loc } = error as SyntaxError & { pos: number; loc: { line: number; column: number } };
    if (isIncomplete(error.message, source, pos)) return { kind: 'incomplete' };
    return {
      kind: 'invalid',
      error: { message: reworded(error.message, source, pos), line: loc.line, column: loc.column },
    };
  }
}

function isIncomplete(message: string, source: string, position: number): boolean {
  if (message.startsWith('Unterminated string')) return /\\\n?$/.test(source);
  if (message.startsWith('Unterminated regular')) return false;
  return position >= source.length || /^Unterminated (template|comment)/.test(message);
}

/** To a JavaScript parser `f<T>(x)` is two comparisons, so a program with both signs may be TypeScript. */
function mayHaveTypeArguments(program: Program): boolean {
  const signs = new Set<string | undefined>();
  walk(program, node => {
    if (node.type === 'BinaryExpression') signs.add(node.operator[0]);
  });
  return signs.has('<') && signs.has('>');
}

/** Of the errors of a text as an object and as a block, the one further into what was typed. */
function furthestOf(text: string, { error }: Invalid, block: Invalid): Invalid {
  if (error.line > text.trimEnd().split('\n').length) return block;
  // The parenthesis before the object was not typed.
  const column = error.line === 1 ? error.column - 1 : error.column;
  return { kind: 'invalid', error: laterOf(block.error, { ...error, column }) };
}

/** Of the errors of two parsers, the later one: that parser understood more. */
function laterOf(first: SourceError, second: SourceError): SourceError {
  if (first.line !== second.line) return first.line > second.line ? first : second;
  return first.column >= second.column ? first : second;
}
