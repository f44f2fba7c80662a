import { inserted } from '../edit/changes.ts';
import { type EditState, moved, replace } from '../edit/edit-state.ts';
import { kill } from '../edit/kills.ts';
import { nextBoundary, previousBoundary } from '../text/clusters.ts';
import { lineEnd, lineStart } from '../text/places.ts';
import { firstInLine, type Target } from './motions.ts';

export type Operator = 'd' | 'c' | 'y';

/** Deletes, changes or keeps what a motion passes over. */
export function operate(operator: Operator, state: EditState, { to, extent }: Target): EditState {
  const { text, cursor } = state;
  const from = Math.min(cursor, to);
  const end = Math.max(cursor, to);
  if (extent === 'lines') return operateOnLines(operator, state, lineStart(text, from), lineEnd(text, end));
  return operateOn(operator, state, from, extent === 'with' ? nextBoundary(text, end) : end);
}

function operateOn(operator: Operator, state: EditState, from: number, to: number): EditState {
  if (operator === 'y') return moved(kept(state, state.text.slice(from, to)), from);
  return { ...kill({ ...state, last: 'other' }, from, to), last: 'other' };
}

/** Whole lines are kept with a new line at the end, by which they are known. */
function operateOnLines(operator: Operator, state: EditState, from: number, to: number): EditState {
  const { text } = state;
  const next = kept(state, `${text.slice(from, to)}\n`);
  if (operator === 'y')
    return moved(next, Math.min(state.cursor, from === lineStart(text, state.cursor) ? state.cursor : from));
  if (operator === 'c') return replace(next, firstInLine(text, from), to, '');
  // The new line behind it goes, too, or that before it where it is the last.
  const isLast = to === text.length;
  const deleted = replace(next, isLast ? Math.max(0, from - 1) : from, isLast ? to : to + 1, '');
  return { ...deleted, cursor: firstInLine(deleted.text, deleted.cursor) };
}

function kept(state: EditState, text: string): EditState {
  return { ...state, kills: [text, ...state.kills] };
}

/** Inserts what was deleted or kept last, behind the cursor or before it. */
export function put(state: EditState, count: number, isBefore: boolean): EditState {
  const { text, cursor } = state;
  const once = state.kills[0] ?? '';
  if (once === '') return state;
  const all = once.repeat(count);
  if (once.endsWith('\n')) {
    const at = isBefore ? lineStart(text, cursor) : lineEnd(text, cursor);
    const lines = isBefore ? all : `\n${all.slice(0, -1)}`;
    const next = inserted(moved(state, at), lines);
    return { ...next, cursor: firstInLine(next.text, isBefore ? at : at + 1) };
  }
  const at = isBefore ? cursor : Math.min(lineEnd(text, cursor), nextBoundary(text, cursor));
  const next = inserted(moved(state, at), all);
  return { ...next, cursor: previousBoundary(next.text, next.cursor) };
}

/** Puts a character in the place of some. */
export function replaceCharacters(state: EditState, count: number, character: string): EditState {
  const to = after(state, count);
  if (to === undefined) return state;
  const next = replace(state, state.cursor, to, character.repeat(count));
  return { ...next, cursor: previousBoundary(next.text, next.cursor) };
}

/** Exchanges small and capital letters. */
export function switchCase(state: EditState, count: number): EditState {
  const { text, cursor } = state;
  const to = Math.min(lineEnd(text, cursor), after(state, count) ?? text.length);
  const switched = text.slice(cursor, to).replaceAll(/\p{L}/gu, letter => {
    const upper = letter.toUpperCase();
    return upper === letter ? letter.toLowerCase() : upper;
  });
  return replace(state, cursor, to, switched);
}

/** @returns where so many characters end; undefined where the line has fewer */
function after({ text, cursor }: EditState, count: number): number | undefined {
  const end = lineEnd(text, cursor);
  let to = cursor;
  for (let left = count; left > 0; left--) {
    if (to >= end) return undefined;
    to = nextBoundary(text, to);
  }
  return to;
}
