import { keyOfCode, readSequence } from './escape-sequences.ts';
import { type KeyEvent, keyNamed } from './key-event.ts';
import { pastedText } from './pasted-text.ts';

const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';

/** A whole escape sequence, where one begins. */
const whole = /\u001B\u001B?(?:\[\[[A-E]|\[[0-?]*[ -/]*[@-Z\\-~]|O[0-9;]*[A-Za-z])/uy;
/** The start of one, at the end of what came. */
const part = /\u001B\u001B?(?:\[\[?|\[[0-?]{1,60}[ -/]{0,4}|O[0-9;]{0,60})?$/uy;
/** Escape with another character: Alt is held. */
const alt = /\u001B([^\u001B])/suy;
const printed = /[^\0-\u001F\u007F-\u009F]+/uy;
/** Nothing but lines, of which more than one came at once: nobody types so fast. */
const manyLines =
  /^[^\0-\u0008\u000B\u000C\u000E-\u001F\u007F]*[\r\n](?!\n?$)[^\0-\u0008\u000B\u000C\u000E-\u001F\u007F]*$/;
const plain = /^[^\0-\u0008\u000B\u000C\u000E-\u001F\u007F]*$/;

/**
 * Reads keys from what a terminal sends, however it is cut. It knows no clock: as long as it `waits`, the caller calls
 * `flush()` when nothing more has come for a moment.
 */
export class KeyDecoder {
  readonly #utf8 = new TextDecoder();
  /** The start of a sequence. */
  #pending = '';
  /** What came of a paste since its start, undefined outside of one. */
  #paste: string[] | undefined;
  /** Lines that came at once without being marked as a paste; more of them may follow. */
  #burst = '';

  /** Whether something is held that may be all there is: an Escape, or lines that came at once. */
  get waits(): boolean {
    return this.#burst !== '' || (this.#pending !== '' && this.#paste === undefined);
  }

  feed(chunk: Uint8Array | string): KeyEvent[] {
    const text = typeof chunk === 'string' ? chunk : this.#utf8.decode(chunk, { stream: true });
    const events: KeyEvent[] = [];
    const isFresh = this.#pending === '' && this.#paste === undefined;
    if (isFresh && (this.#burst === '' ? manyLines : plain).test(text)) {
      this.#burst += text;
      return events;
    }
    if (this.#burst !== '') events.push(this.#endBurst());
    const all = this.#pending + text;
    this.#pending = '';
    for (let index = 0; index < all.length;)
      index =
        this.#paste === undefined ? this.#readKey(all, index, events) : this.#readPaste(all, index, events);
    return events;
  }

  /** Takes what is held for what it is by itself. */
  flush(): KeyEvent[] {
    if (this.#burst !== '') return [this.#endBurst()];
    if (this.#paste !== undefined) return [];
    const held = this.#pending;
    this.#pending = '';
    if (held === '') return [];
    if (held === '\u001B') return [keyNamed('escape')];
    const character = held.replace(/^\u001B+/, '')[0];
    return [
      character === undefined ? keyNamed('escape', { meta: true }) : keyNamed(character, { meta: true }),
    ];
  }

  #endBurst(): KeyEvent {
    const text = pastedText(this.#burst);
    this.#burst = '';
    return { kind: 'paste', text };
  }

  #readKey(all: string, index: number, events: KeyEvent[]): number {
    const text = match(printed, all, index);
    if (text !== undefined) {
      events.push({ kind: 'text', text });
      return index + text.length;
    }
    if (all[index] !== '\u001B') {
      events.push(...controlKey(all.charCodeAt(index), false));
      return index + 1;
    }
    const found = match(whole, all, index);
    if (found === pasteStart) this.#paste = [];
    else if (found !== undefined) {
      const event = readSequence(found);
      if (event) events.push(event);
    }
    if (found !== undefined) return index + found.length;
    const start = match(part, all, index);
    if (start !== undefined) {
      this.#pending = start;
      return all.length;
    }
    return this.#readAlt(all, index, events);
  }

  #readAlt(all: string, index: number, events: KeyEvent[]): number {
    const found = match(alt, all, index);
    if (found === undefined) {
      events.push(keyNamed('escape'));
      return index + 1;
    }
    const code = found.codePointAt(1) ?? 0;
    if (code < 32 || code === 127) events.push(...controlKey(code, true));
    else
      events.push(
        ...[keyOfCode(code, { ctrl: false, meta: true, shift: false })].filter(key => key !== undefined),
      );
    return index + found.length;
  }

  #readPaste(all: string, index: number, events: KeyEvent[]): number {
    const end = all.indexOf(pasteEnd, index);
    if (end >= 0) {
      this.#paste?.push(all.slice(index, end));
      events.push({ kind: 'paste', text: pastedText(this.#paste?.join('') ?? '') });
      this.#paste = undefined;
      return end + pasteEnd.length;
    }
    // The mark at the end may be cut, too.
    const last = all.lastIndexOf('\u001B');
    const cut = last >= index && pasteEnd.startsWith(all.slice(last)) ? last : all.length;
    this.#paste?.push(all.slice(index, cut));
    this.#pending = all.slice(cut);
    return all.length;
  }
}

function match(expression: RegExp, text: string, index: number): string | undefined {
  expression.lastIndex = index;
  return expression.exec(text)?.[0];
}

function controlKey(code: number, meta: boolean): KeyEvent[] {
  if (code === 9) return [keyNamed('tab', { meta })];
  if (code === 13) return [keyNamed('enter', { meta })];
  if (code === 127) return [keyNamed('backspace', { meta })];
  if (code === 27) return [keyNamed('escape', { meta })];
  // Beyond ASCII, controls are no keys.
  if (code > 127) return [];
  const name = code === 0 ? 'space' : String.fromCharCode(code + 64).toLowerCase();
  return [keyNamed(name, { ctrl: true, meta })];
}
