import type { Language } from '../../../repl/editor/effect.ts';
import { Editor, type EditorOptions, type Fed } from '../../../repl/editor/editor.ts';
import type { KeyEvent } from '../../../repl/editor/keys/key-event.ts';
import { isCode, splitStatements } from '../../../repl/input/split-statements.ts';

const language: Language = {
  read: splitStatements,
  isCode,
};

export function newEditor(options: Partial<EditorOptions> = {}): Editor {
  return new Editor({ language, ...options });
}

/** Keys as `'typed' C-a [pasted] enter`. */
export function keys(written: string): KeyEvent[] {
  return [...written.matchAll(/'([^']*)'|\[\[([\s\S]*?)\]\]|(\S+)/g)].map(([, text, paste, key]) =>
    text !== undefined
      ? { kind: 'text', text }
      : paste !== undefined
        ? { kind: 'paste', text: paste }
        : { kind: 'key', key: key ?? '' },
  );
}

export function press(editor: Editor, written: string): Fed {
  return editor.feed(keys(written));
}

/** The text, with `|` for the cursor. */
export function shown({ text, cursor }: { readonly text: string; readonly cursor: number }): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}
