import { nextBoundary, previousBoundary } from '../text/clusters.ts';
import { columnsOf, placeAt } from '../text/columns.ts';
import { lineEnd, lineStart, wordEnd, wordStart } from '../text/places.ts';
import { type EditState, moved, type Operation } from './edit-state.ts';

export const left: Operation = state => moved(state, previousBoundary(state.text, state.cursor));
export const right: Operation = state => moved(state, nextBoundary(state.text, state.cursor));
export const toWordStart: Operation = state => moved(state, wordStart(state.text, state.cursor));
export const toWordEnd: Operation = state => moved(state, wordEnd(state.text, state.cursor));
export const toLineStart: Operation = state => moved(state, lineStart(state.text, state.cursor));
export const toLineEnd: Operation = state => moved(state, lineEnd(state.text, state.cursor));
export const toStart: Operation = state => moved(state, 0);
export const toEnd: Operation = state => moved(state, state.text.length);

/** Moves to the line above, in the same column; in the first line it does nothing. */
export const up: Operation = state => {
  const start = lineStart(state.text, state.cursor);
  return start === 0 ? state : toLine(state, lineStart(state.text, start - 1));
};

/** Moves to the line below, in the same column; in the last line it does nothing. */
export const down: Operation = state => {
  const end = lineEnd(state.text, state.cursor);
  return end === state.text.length ? state : toLine(state, end + 1);
};

export function isInFirstLine({ text, cursor }: EditState): boolean {
  return lineStart(text, cursor) === 0;
}

export function isInLastLine({ text, cursor }: EditState): boolean {
  return lineEnd(text, cursor) === text.length;
}

function toLine(state: EditState, start: number): EditState {
  const { text, cursor } = state;
  const column = state.column ?? columnsOf(text.slice(lineStart(text, cursor), cursor));
  const line = text.slice(start, lineEnd(text, start));
  return { ...moved(state, start + placeAt(line, column)), column };
}
