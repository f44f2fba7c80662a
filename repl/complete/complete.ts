import { wordsOf } from '../commands/command.ts';
import { analyze } from './analyze/analyze.ts';
import type { Completion, CompletionContext } from './context.ts';
import { makeTyper } from './infer/make-typer.ts';
import { rank } from './rank/rank.ts';
import { sources } from './sources/index.ts';

/**
 * Completes what is being typed. Evaluates nothing: no getter and no proxy of the user's runs, and no query. Never throws.
 *
 * @param text what is typed so far, of any number of lines
 * @param cursor a position in it
 * @returns the candidates, and the part of the text that each of them replaces
 *
 * @example
 * complete('User.query.filterBy({ us', 24, shell);
 * // { from: 22, to: 24, candidates: [{ text: 'username', kind: 'property', type: 'string' }] }
 */
export function complete(text: string, cursor: number, context: CompletionContext): Completion {
  try {
    return findCompletion(text, cursor, context);
  } catch {
    // A line may have overwritten what this needs of JavaScript.
    return { from: cursor, to: cursor, candidates: [] };
  }
}

/** {@link complete}, which throws where it cannot go on: finds out what is typed, asks the sources, and ranks. */
export function findCompletion(text: string, cursor: number, context: CompletionContext): Completion {
  const start = codeStart(text.slice(0, cursor), context);
  if (start > 0) {
    const { from, to, candidates } = findCompletion(text.slice(start), cursor - start, context);
    return { from: from + start, to: to + start, candidates };
  }
  const { typing, from, to, typed, text: parsed } = analyze(text, cursor);
  const typer = makeTyper(parsed, context);
  const found = sources.flatMap(source => [...source(typing, typer, typed)]);
  return { from, to, candidates: rank(found, typed) };
}

/** Where the code behind a command such as `.type` begins; 0 where there is none. */
function codeStart(before: string, { commands }: CompletionContext): number {
  const [all, word = ''] = /^\s*(\.[a-z]\w*)[^\S\n]+/i.exec(before) ?? [];
  if (all === undefined) return 0;
  return commands.some(each => each.argument === 'code' && wordsOf(each).includes(word)) ? all.length : 0;
}
