/** What comes from the keyboard. */
export type KeyEvent =
  /**
   * A key with a name as Emacs writes it: `left`, `C-a`, `M-b`, `C-M-left`, `S-tab`, `enter`, `M-enter`, `backspace`.
   * The modifiers are in the order `C-`, `M-`, `S-`.
   */
  | { readonly kind: 'key'; readonly key: string }
  /** Characters that were typed, without new lines and controls. */
  | { readonly kind: 'text'; readonly text: string }
  /** A text that came at once, of any number of lines. */
  | { readonly kind: 'paste'; readonly text: string };

/** Names a key with its modifiers. */
export function keyNamed(key: string, { ctrl = false, meta = false, shift = false } = {}): KeyEvent {
  return { kind: 'key', key: `${ctrl ? 'C-' : ''}${meta ? 'M-' : ''}${shift ? 'S-' : ''}${key}` };
}
