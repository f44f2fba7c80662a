import { complete } from './complete.ts';
import type { CompletionContext } from './context.ts';

/**
 * {@link complete} as `node:repl` asks for it.
 *
 * @param before the lines of the statement before this one
 * @returns the candidates that start with the word at the end of the line, and the word
 */
export function completeLine(
  before: string,
  line: string,
  context: CompletionContext,
): [candidates: string[], typed: string] {
  const text = before === '' ? line : `${before}\n${line}`;
  const { from, candidates } = complete(text, text.length, context);
  const typed = text.slice(from);
  return [candidates.map(each => each.text).filter(each => each.startsWith(typed)), typed];
}
