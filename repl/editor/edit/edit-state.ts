/** A change of the text, and where the cursor was before it. */
export interface Change {
  readonly from: number;
  readonly removed: string;
  readonly inserted: string;
  readonly cursor: number;
}

/** Changes, latest first. It grows by one without a copy. */
interface Changes {
  readonly change: Change;
  readonly earlier: Changes | undefined;
}

/** What the last operation was, where the next depends on it: kills in a row are one, and M-y follows a yank. */
type Last = 'typed' | 'killed' | 'yanked' | 'other';

/** A text that is edited. Operations make another one; nothing in it changes. */
export interface EditState {
  readonly text: string;
  readonly cursor: number;
  /** The column that moving up and down keeps to, where a line on the way is shorter. */
  readonly column: number | undefined;
  /** What was killed, latest first. */
  readonly kills: readonly string[];
  readonly done: Changes | undefined;
  readonly undone: Changes | undefined;
  readonly last: Last;
  /** What the last yank inserted. */
  readonly yanked: { readonly from: number; readonly index: number } | undefined;
}

/** What a key does to a text. */
export type Operation = (state: EditState) => EditState;

/** @param kills what was killed in earlier texts */
export function editing(text: string, cursor = text.length, kills: readonly string[] = []): EditState {
  return {
    text,
    cursor,
    column: undefined,
    kills,
    done: undefined,
    undone: undefined,
    last: 'other',
    yanked: undefined,
  };
}

/** Replaces a part of the text, so that it can be undone. The cursor goes behind what is inserted, unless it is given. */
export function replace(
  state: EditState,
  from: number,
  to: number,
  inserted: string,
  cursor = from + inserted.length,
): EditState {
  const { text } = state;
  if (from === to && inserted === '') return moved(state, cursor);
  const change = { from, removed: text.slice(from, to), inserted, cursor: state.cursor };
  return {
    ...state,
    text: text.slice(0, from) + inserted + text.slice(to),
    cursor,
    column: undefined,
    done: { change, earlier: state.done },
    undone: undefined,
    last: 'other',
    yanked: undefined,
  };
}

/** Puts the cursor somewhere else. */
export function moved(state: EditState, cursor: number): EditState {
  return { ...state, cursor, column: undefined, last: 'other', yanked: undefined };
}
