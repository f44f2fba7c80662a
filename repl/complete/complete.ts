import { type Cursor, readCursor } from './cursor.ts';
import type { Candidate, CompletionContext, Typing } from './source.ts';
import { sources } from './sources/index.ts';
import { valueAt } from './value-at.ts';

/**
 * What could stand at the end of a line. Nothing is evaluated for it: no getter and no proxy of the person's runs, and no
 * database is asked.
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

/** Only names can be typed behind a dot, or by themselves. */
function isMeant(text: string, typed: string): boolean {
  return text.startsWith(typed) && /^[\w$]+$/.test(text);
}

/** The nearest first, in alphabetical order among those equally near. */
function rank(candidates: readonly Candidate[]): string[] {
  const sorted = candidates.toSorted((a, b) => a.distance - b.distance || (a.text < b.text ? -1 : 1));
  return [...new Set(sorted.map(({ text }) => text))];
}
