import { lineStart } from '../text/places.ts';
import { type EditState, replace } from './edit-state.ts';
import { typed } from './changes.ts';

/** What a level of nesting is indented by. */
export const indentation = '  ';

/** Makes a new line, indented as the one before it, and deeper after an open bracket. */
export function newLine(state: EditState): EditState {
  const { text, cursor } = state;
  const line = text.slice(lineStart(text, cursor), cursor);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const inner = /[([{]\s*$/.test(line) ? indent + indentation : indent;
  // Between two brackets, the second one gets a line of its own.
  const rest = inner !== indent && /^[)\]}]/.test(text.slice(cursor, cursor + 1)) ? `\n${indent}` : '';
  const inserted = `\n${inner}`;
  return replace(state, cursor, cursor, inserted + rest, cursor + inserted.length);
}

/** Types a closing bracket; at the start of a line, it goes a level to the left. */
export function typedBracket(state: EditState, bracket: string): EditState {
  const { text, cursor } = state;
  const start = lineStart(text, cursor);
  const before = text.slice(start, cursor);
  if (start === 0 || before === '' || !/^ +$/.test(before)) return typed(state, bracket);
  return replace(state, Math.max(start, cursor - indentation.length), cursor, bracket);
}
