import { type Cursor, readCursor } from './cursor.ts';
import type { Candidate, CompletionContext, Typing } from './source.ts';
import { sources } from './sources/index.ts';
import { valueAt } from './value-at.ts';

/**
 * Completes the word at the end of a line. Evaluates nothing: no getter and no proxy of the user's runs, and no query.
 *
 * @returns the candidates, nearest first, and the part of the line that they replace
 */
export function complete(line: string, context: CompletionContext): [candidates: string[], typed: string] {
  const cursor = readCursor(line);
  if (!cursor) return [[], ''];
  const typing = typingAt(cursor, context);
  const candidates = sources.flatMap(source => [...source(typing, context)]);
  return [rank(candidates.filter(({ text }) => isMeant(text, cursor.typed))), cursor.typed];
}

function typingAt(cursor: Cursor, context: CompletionContext): Typing {
  return cursor.kind === 'member' ? { kind: 'member', of: valueAt(cursor.path, context) } : cursor;
}

/** Whether a candidate starts with what is typed and can be typed as a name. */
function isMeant(text: string, typed: string): boolean {
  return text.startsWith(typed) && /^[\w$]+$/.test(text);
}

/** Sorts the nearest first, and those equally near alphabetically. */
function rank(candidates: readonly Candidate[]): string[] {
  const sorted = candidates.toSorted((a, b) => a.distance - b.distance || (a.text < b.text ? -1 : 1));
  return [...new Set(sorted.map(({ text }) => text))];
}
