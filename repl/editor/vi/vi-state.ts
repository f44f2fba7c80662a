import type { EditState } from '../edit/edit-state.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import { previousBoundary } from '../text/clusters.ts';
import { lineEnd, lineStart } from '../text/places.ts';
import type { Find } from './motions.ts';

/** Where one is with the keys of vi. */
export interface Vi {
  readonly mode: 'insert' | 'normal';
  /** What was typed of a command. */
  readonly keys: string;
  readonly find: Find | undefined;
  /** The last change, for `.`: its keys, and what was typed then. */
  readonly change: { readonly keys: string; readonly typed: string };
  /** The text before what is being inserted now was begun with a command, and after that command. */
  readonly inserting: { readonly before: EditState; readonly start: EditState } | undefined;
}

/** What a key of vi does. */
export interface ViStep {
  readonly vi: Vi;
  readonly state: EditState;
  /** A key that is the editor's own, such as one for the history. */
  readonly event?: KeyEvent;
}

export const startVi: Vi = {
  mode: 'insert',
  keys: '',
  find: undefined,
  change: { keys: '', typed: '' },
  inserting: undefined,
};

/** In normal mode the cursor is on a character, not behind the last one of a line. */
export function onCharacter(state: EditState): EditState {
  const { text, cursor } = state;
  const isBehind = cursor === lineEnd(text, cursor) && cursor > lineStart(text, cursor);
  return isBehind ? { ...state, cursor: previousBoundary(text, cursor) } : state;
}
