import { lineEnd, lineStart, spacelessStart, wordEnd, wordStart } from '../text/places.ts';
import { type EditState, moved, type Operation, replace } from './edit-state.ts';

/** How many killed texts are kept. */
const maxKills = 60;

export const killWord: Operation = state => kill(state, state.cursor, wordEnd(state.text, state.cursor));
export const killWordBefore: Operation = state =>
  kill(state, wordStart(state.text, state.cursor), state.cursor);
export const killSpacelessBefore: Operation = state =>
  kill(state, spacelessStart(state.text, state.cursor), state.cursor);

/** Kills the rest of the line; at its end, the new line. */
export const killToLineEnd: Operation = state => {
  const { text, cursor } = state;
  const end = lineEnd(text, cursor);
  return kill(state, cursor, end === cursor ? Math.min(text.length, end + 1) : end);
};

/** Kills what is before the cursor in the line; at its start, the new line before it. */
export const killToLineStart: Operation = state => {
  const { text, cursor } = state;
  const start = lineStart(text, cursor);
  return kill(state, start === cursor ? Math.max(0, start - 1) : start, cursor);
};

/** Inserts what was killed last. */
export const yank: Operation = state => yankAt(state, state.cursor, state.cursor, 0);

/** After a yank: replaces what it inserted by what was killed before that. */
export const yankEarlier: Operation = state => {
  const { last, yanked, kills, cursor } = state;
  if (last !== 'yanked' || !yanked) return moved(state, cursor);
  return yankAt(state, yanked.from, cursor, (yanked.index + 1) % kills.length);
};

/** Removes a part of the text and keeps it; kills in a row are one. */
export function kill(state: EditState, from: number, to: number): EditState {
  if (from === to)
    return { ...moved(state, state.cursor), last: state.last === 'killed' ? 'killed' : 'other' };
  const killed = state.text.slice(from, to);
  const isBefore = from < state.cursor;
  const [latest = '', ...earlier] = state.last === 'killed' ? state.kills : ['', ...state.kills];
  const joined = isBefore ? killed + latest : latest + killed;
  const kills = [joined, ...earlier].slice(0, maxKills);
  return { ...replace(state, from, to, '', from), kills, last: 'killed' };
}

function yankAt(state: EditState, from: number, to: number, index: number): EditState {
  const text = state.kills[index];
  if (text === undefined) return moved(state, state.cursor);
  return { ...replace(state, from, to, text), last: 'yanked', yanked: { from, index } };
}
