import type { HistorySearch } from './history/history-search.ts';
import type { Menu } from './menu.ts';

/** What a key asks of the one who has the editor, beside drawing it again. */
export type Effect =
  /** Run what was typed, statement by statement; the editor is empty then. */
  | { readonly kind: 'run'; readonly text: string; readonly statements: readonly string[] }
  /** Find candidates for the place of the cursor, and give them to `offer()`. */
  | { readonly kind: 'complete'; readonly text: string; readonly cursor: number }
  /** Ctrl-C: stop what runs, or `clear()`. */
  | { readonly kind: 'interrupt' }
  /** Ctrl-D without a text, or in a blank last line. */
  | { readonly kind: 'leave' }
  /** Clear the screen above. */
  | { readonly kind: 'clear' }
  /** Ctrl-Z: put the program into the background. */
  | { readonly kind: 'suspend' }
  /** Let another program edit the text, and give it to `replaceText()`. */
  | { readonly kind: 'edit'; readonly text: string }
  /** Show help on what is at the cursor. */
  | { readonly kind: 'help'; readonly text: string; readonly cursor: number };

/** What the editor has to know about what is typed. */
export interface Language {
  /** @returns the statements of a text, each with its own lines; undefined if it goes on on another line */
  readonly read: (text: string) => readonly string[] | undefined;
  /** Whether a text is code as it stands. */
  readonly isCode: (text: string) => boolean;
  /** Whether a text that is pasted is of another language, and so stays as it is, with its prompts. */
  readonly isForeign?: (text: string) => boolean;
}

/** What there is to see. */
export interface View {
  readonly text: string;
  readonly cursor: number;
  /** What the history suggests behind the text. */
  readonly suggestion: string;
  readonly menu: Menu | undefined;
  /** What is looked for in the history. */
  readonly search: HistorySearch | undefined;
  /** Undefined with the keys of Emacs. */
  readonly viMode: 'insert' | 'normal' | undefined;
}
