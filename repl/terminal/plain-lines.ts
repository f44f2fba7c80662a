import { createInterface, type Interface } from 'node:readline';
import type { View } from '../editor/effect.ts';
import type { KeyEvent } from '../editor/keys/key-event.ts';
import type { Display } from './display.ts';
import type { KeySource } from './keyboard.ts';

/** Reads whole lines, where the terminal edits them itself, as one that has no codes. */
export class PlainLines implements KeySource {
  readonly isAway = false;
  readonly #lines: Interface;
  readonly #onKeys: (events: readonly KeyEvent[]) => void;

  /** @param onEnd called when there is nothing more to read, not even an answer */
  constructor(
    input: NodeJS.ReadableStream,
    onKeys: (events: readonly KeyEvent[]) => void,
    onEnd: () => void,
  ) {
    this.#onKeys = onKeys;
    this.#lines = createInterface({ input, terminal: false });
    this.#lines.on('line', line => this.type(`${line}\n`));
    this.#lines.on('close', onEnd);
  }

  type(bytes: string): void {
    // As it is: what the terminal has edited is not indented.
    this.#onKeys([{ kind: 'paste', text: bytes }]);
  }

  suspend(): void {}

  lend<T>(work: () => T): T {
    return work();
  }

  close(): void {
    this.#lines.removeAllListeners();
    this.#lines.close();
  }
}

/** Writes nothing but prompts. */
export class PlainDisplay implements Display {
  readonly #write: (text: string) => void;
  readonly #prompt: string;
  #lines = 0;

  constructor(write: (text: string) => void, prompt: string) {
    this.#write = write;
    this.#prompt = prompt;
  }

  show({ text }: View): void {
    const lines = text.split('\n').length;
    if (lines === this.#lines) return;
    this.#lines = lines;
    this.#write(lines === 1 ? this.#prompt : '... ');
  }

  finish(): void {
    this.#lines = 0;
  }

  resume(view: View): void {
    this.clear(view);
  }

  clear(view: View): void {
    this.finish();
    this.show(view);
  }

  close(): void {}
}
