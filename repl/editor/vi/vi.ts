import { inserted } from '../edit/changes.ts';
import { type EditState, moved, replace } from '../edit/edit-state.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import { previousBoundary } from '../text/clusters.ts';
import { lineStart } from '../text/places.ts';
import { readCommand } from './command.ts';
import { runCommand } from './run-command.ts';
import type { Vi, ViStep } from './vi-state.ts';

/** @returns undefined for a key that does what it does without vi */
export function viKey(vi: Vi, state: EditState, event: KeyEvent): ViStep | undefined {
  if (vi.mode === 'insert') return insertKey(vi, state, event);
  if (event.kind === 'paste') return undefined;
  if (event.kind === 'text') return typeCommands({ vi, state }, event.text);
  if (event.key === 'escape') return { vi: { ...vi, keys: '' }, state };
  if (event.key === 'C-r') return typeCommand({ vi, state }, `${vi.keys}redo`);
  if (event.key === 'backspace') return typeCommands({ vi, state }, 'h');
  return event.key === 'tab' ? { vi, state } : undefined;
}

function insertKey(vi: Vi, state: EditState, event: KeyEvent): ViStep | undefined {
  if (event.kind !== 'key') return undefined;
  if (event.key === 'escape') return leaveInsert(vi, state);
  // Escape and a letter came so fast that they look like Alt with it.
  const letter = /^M-(.)$/su.exec(event.key)?.[1];
  return letter === undefined ? undefined : typeCommands(leaveInsert(vi, state), letter);
}

function leaveInsert(vi: Vi, state: EditState): ViStep {
  const { text, cursor } = state;
  const back = cursor > lineStart(text, cursor) ? previousBoundary(text, cursor) : cursor;
  const { before, start } = vi.inserting ?? { before: state, start: state };
  const typed = text.slice(start.cursor, cursor);
  // Only what was typed in one place can be typed again.
  const isOne = start.text.slice(0, start.cursor) + typed + start.text.slice(start.cursor) === text;
  const change = vi.inserting ? { ...vi.change, typed: isOne ? typed : '' } : vi.change;
  return {
    vi: { ...vi, mode: 'normal', keys: '', change, inserting: undefined },
    state: moved(asOneChange(before, state), back),
  };
}

/** What led from one text to another is undone at once. */
function asOneChange(before: EditState, state: EditState): EditState {
  if (before.text === state.text) return { ...state, done: before.done };
  let start = 0;
  while (start < Math.min(before.text.length, state.text.length) && before.text[start] === state.text[start])
    start += 1;
  let end = 0;
  const most = Math.min(before.text.length, state.text.length) - start;
  while (end < most && before.text.at(-1 - end) === state.text.at(-1 - end)) end += 1;
  const replaced = replace(
    before,
    start,
    before.text.length - end,
    state.text.slice(start, state.text.length - end),
  );
  return { ...state, done: replaced.done };
}

function typeCommands(step: ViStep, text: string): ViStep {
  let next = step;
  for (let at = 0; at < text.length;) {
    // What follows a command that begins to insert is inserted.
    if (next.vi.mode === 'insert') return { ...next, event: { kind: 'text', text: text.slice(at) } };
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    at += character.length;
    next = typeCommand(next, next.vi.keys + character);
    if (next.event) return next;
  }
  return next;
}

function typeCommand({ vi, state }: ViStep, keys: string): ViStep {
  const command = readCommand(keys);
  if (command.kind === 'incomplete') return { vi: { ...vi, keys }, state };
  const done = { ...vi, keys: '' };
  return command.kind === 'action' && command.action === '.'
    ? repeat(done, state, command.count)
    : runCommand(done, state, command, keys);
}

/** Makes the last change again. */
function repeat(vi: Vi, state: EditState, count: number): ViStep {
  const { keys, typed } = vi.change;
  if (keys === '') return { vi, state };
  let next: ViStep = { vi, state };
  for (let left = count; left > 0; left--) {
    next = typeCommands(next, keys);
    if (next.vi.mode === 'insert') next = leaveInsert(next.vi, inserted(next.state, typed));
  }
  return next;
}
