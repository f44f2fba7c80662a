import type { Key } from 'node:readline';

/** A question at the terminal, which takes the keys until it is answered. */
export class Question {
  /** What was typed; undefined after Ctrl-C or Ctrl-D. */
  readonly answer: Promise<string | undefined>;
  readonly #resolve: (answer: string | undefined) => void;
  #typed = '';

  constructor(question: string) {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.answer = promise;
    this.#resolve = resolve;
    process.stdout.write(question);
  }

  /** @returns whether that key was the last: Enter, Ctrl-C or Ctrl-D */
  take(text: string, key: Key): boolean {
    const isRefused = key.ctrl && (key.name === 'c' || key.name === 'd');
    if (isRefused || key.name === 'return' || key.name === 'enter') {
      process.stdout.write('\n');
      this.#resolve(isRefused ? undefined : this.#typed);
      return true;
    }
    if (key.name === 'backspace') {
      if (this.#typed !== '') process.stdout.write('\b \b');
      this.#typed = this.#typed.slice(0, -1);
    } else if (text && !key.ctrl && !key.meta) {
      this.#typed += text;
      process.stdout.write(text);
    }
    return false;
  }
}
