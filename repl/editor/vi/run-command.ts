import { type EditState, moved, replace } from '../edit/edit-state.ts';
import { newLine } from '../edit/new-line.ts';
import { redo, undo } from '../edit/undo.ts';
import { nextBoundary } from '../text/clusters.ts';
import { lineEnd, lineStart } from '../text/places.ts';
import type { Command } from './command.ts';
import { type Find, firstInLine, found, motions, type Target } from './motions.ts';
import { operate, put, replaceCharacters, switchCase } from './operators.ts';
import { onCharacter, type Vi, type ViStep } from './vi-state.ts';

/** Does what a command of the normal mode says, other than `.`. */
export function runCommand(vi: Vi, state: EditState, command: Command, keys: string): ViStep {
  if (command.kind === 'move') return move(vi, state, command);
  if (command.kind === 'operate') return applyOperator(vi, state, command, keys);
  if (command.kind === 'action') return act(vi, state, command, keys);
  return { vi, state };
}

function move(vi: Vi, state: EditState, { count, motion }: Extract<Command, { kind: 'move' }>): ViStep {
  // At the first and the last line, they lead to the history.
  if (count === undefined && (motion === 'j' || motion === 'k'))
    return { vi, state, event: { kind: 'key', key: motion === 'j' ? 'down' : 'up' } };
  const { target, find } = targetOf(vi, state, count, motion);
  return { vi: { ...vi, find }, state: target ? onCharacter(moved(state, target.to)) : state };
}

function targetOf(
  vi: Vi,
  { text, cursor: at }: EditState,
  count: number | undefined,
  motion: string,
): { readonly target: Target | undefined; readonly find: Find | undefined } {
  const simple = motions.get(motion);
  if (simple) return { target: simple({ text, at, count }), find: vi.find };
  const typed = /^([fFtT])(.)$/su.exec(motion);
  const find = typed ? { kind: typed[1] as Find['kind'], character: typed[2] ?? '' } : vi.find;
  const looked = find && motion === ',' ? { ...find, kind: reversed[find.kind] } : find;
  return { target: looked && found(looked, { text, at, count }, !typed), find };
}

const reversed = { f: 'F', F: 'f', t: 'T', T: 't' } as const;

function applyOperator(
  vi: Vi,
  state: EditState,
  command: Extract<Command, { kind: 'operate' }>,
  keys: string,
): ViStep {
  const { operator, count, motion } = command;
  const { text, cursor } = state;
  const isLines = motion === operator;
  const asked = isLines && (count ?? 1) === 1 ? { to: cursor, extent: 'lines' as const } : undefined;
  // `cw` leaves the blanks behind the word.
  const meant =
    operator === 'c' && /\S/.test(text.charAt(cursor)) ? motion.replace('w', 'e').replace('W', 'E') : motion;
  const { target, find } = asked
    ? { target: asked, find: vi.find }
    : targetOf(vi, state, isLines ? (count ?? 1) - 1 : count, isLines ? 'j' : meant);
  if (!target) return { vi: { ...vi, find }, state };
  // `cw` on the last character of a word is that one character.
  const next = operate(
    operator,
    state,
    /^[wW]$/.test(motion) ? withinLine(text, cursor, atWordEnd(state, meant, target)) : target,
  );
  if (operator === 'y') return { vi: { ...vi, find }, state: onCharacter(next) };
  const changed = { ...vi, find, change: { keys, typed: '' } };
  return operator === 'c' ? insert(changed, state, next) : { vi: changed, state: onCharacter(next) };
}

function atWordEnd({ text, cursor }: EditState, motion: string, target: Target): Target {
  const isEnd =
    /^[eE]$/.test(motion) && /^(?:[\w$][^\w$]|[^\w$\s][\w$\s]|\S$)/.test(text.slice(cursor, cursor + 2));
  return isEnd ? { to: cursor, extent: 'with' } : target;
}

/** The last word of a line is deleted without the new line behind it. */
function withinLine(text: string, at: number, target: Target): Target {
  const end = lineEnd(text, at);
  return target.to > end && end > at ? { to: end, extent: 'before' } : target;
}

function insert(vi: Vi, before: EditState, start: EditState): ViStep {
  return { vi: { ...vi, mode: 'insert', inserting: { before, start } }, state: start };
}

function act(vi: Vi, state: EditState, command: Extract<Command, { kind: 'action' }>, keys: string): ViStep {
  const { count, action, character } = command;
  const { text, cursor } = state;
  const changing = { ...vi, change: { keys, typed: '' } };
  const done = (next: EditState): ViStep => ({ vi: changing, state: onCharacter(next) });
  switch (action) {
    case 'i':
      return insert(changing, state, state);
    case 'a':
      return insert(
        changing,
        state,
        moved(state, Math.min(lineEnd(text, cursor), nextBoundary(text, cursor))),
      );
    case 'I':
      return insert(changing, state, moved(state, firstInLine(text, cursor)));
    case 'A':
      return insert(changing, state, moved(state, lineEnd(text, cursor)));
    case 'o':
      return insert(changing, state, newLine(moved(state, lineEnd(text, cursor))));
    case 'O':
      return insert(changing, state, lineAbove(state));
    case 'p':
      return done(put(state, count, false));
    case 'P':
      return done(put(state, count, true));
    case 'r':
      return done(replaceCharacters(state, count, character));
    case '~':
      return done(switchCase(state, count));
    case 'J':
      return done(joined(state));
    case 'u':
      return { vi, state: onCharacter(times(count, undo, state)) };
    case 'redo':
      return { vi, state: onCharacter(times(count, redo, state)) };
    case '/':
      return { vi, state, event: { kind: 'key', key: 'C-r' } };
    default:
      return { vi, state };
  }
}

function lineAbove(state: EditState): EditState {
  const { text, cursor } = state;
  const start = lineStart(text, cursor);
  const indent = text.slice(start, firstInLine(text, cursor));
  return replace(state, start, start, `${indent}\n`, start + indent.length);
}

function joined(state: EditState): EditState {
  const { text, cursor } = state;
  const end = lineEnd(text, cursor);
  if (end === text.length) return state;
  return replace(state, end, firstInLine(text, end + 1), ' ', end);
}

function times(count: number, operation: (state: EditState) => EditState, state: EditState): EditState {
  let next = state;
  for (let left = Math.min(count, 10_000); left > 0; left--) next = operation(next);
  return next;
}
