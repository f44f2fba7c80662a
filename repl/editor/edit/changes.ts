import { nextBoundary, previousBoundary } from '../text/clusters.ts';
import { lineEnd, lineStart, wordEnd, wordStart } from '../text/places.ts';
import { type EditState, moved, type Operation, replace } from './edit-state.ts';

/** Inserts at the cursor what was typed. Letters that are typed in a row are undone together, a word at a time. */
export function typed(state: EditState, text: string): EditState {
  const next = { ...replace(state, state.cursor, state.cursor, text), last: 'typed' as const };
  const before = state.done?.change;
  const goesOn = state.last === 'typed' && before?.removed === '' && !/^\s|\n/.test(text);
  if (!goesOn || before.from + before.inserted.length !== state.cursor) return next;
  const change = { ...before, inserted: before.inserted + text };
  return { ...next, done: { change, earlier: state.done?.earlier } };
}

/** Inserts a text that came at once, which is undone at once. */
export function inserted(state: EditState, text: string): EditState {
  return replace(state, state.cursor, state.cursor, text);
}

export const deleteBefore: Operation = state =>
  replace(state, previousBoundary(state.text, state.cursor), state.cursor, '');

export const deleteAfter: Operation = state =>
  replace(state, state.cursor, nextBoundary(state.text, state.cursor), '', state.cursor);

/** Exchanges the characters around the cursor; at the end of a line those before it. */
export const transpose: Operation = state => {
  const { text, cursor } = state;
  const start = lineStart(text, cursor);
  const middle = cursor === lineEnd(text, cursor) ? previousBoundary(text, cursor) : cursor;
  if (middle <= start) return moved(state, cursor);
  return exchange(state, [previousBoundary(text, middle), middle], [middle, nextBoundary(text, middle)]);
};

/** Exchanges the word before the cursor, or around it, with the next one; at the end the last two. */
export const transposeWords: Operation = state => {
  const { text, cursor } = state;
  const second = wordStart(text, wordEnd(text, cursor));
  const end = wordEnd(text, second);
  const first = wordStart(text, second);
  const firstEnd = wordEnd(text, first);
  if (firstEnd > second || first === second) return moved(state, cursor);
  return exchange(state, [first, firstEnd], [second, end]);
};

export const upperCase: Operation = state => changeWord(state, word => word.toUpperCase());
export const lowerCase: Operation = state => changeWord(state, word => word.toLowerCase());
export const capitalize: Operation = state =>
  changeWord(state, word => word.toLowerCase().replace(/[\p{L}\p{N}]/u, first => first.toUpperCase()));

function changeWord(state: EditState, change: (word: string) => string): EditState {
  const end = wordEnd(state.text, state.cursor);
  return replace(state, state.cursor, end, change(state.text.slice(state.cursor, end)));
}

function exchange(
  state: EditState,
  [from, middle]: readonly [number, number],
  [start, end]: readonly [number, number],
): EditState {
  const { text } = state;
  return replace(
    state,
    from,
    end,
    text.slice(start, end) + text.slice(middle, start) + text.slice(from, middle),
  );
}
