import { OpenBrackets } from './open-brackets.ts';

/** Up to here each line is parsed with those before it, so that a mistake is known at once. */
const parsedLines = 64;

/** The lines of a statement as they come. A long one is only parsed where it may be complete. */
export class PendingText {
  #text = '';
  #count = 0;
  #brackets = new OpenBrackets();
  /** After so many lines it is parsed again, whatever seems to be open. */
  #limit = parsedLines;

  get text(): string {
    return this.#text;
  }

  /** How many lines there are. */
  get count(): number {
    return this.#count;
  }

  /** @returns whether the text is worth parsing now */
  add(line: string): boolean {
    this.#text = this.#count === 0 ? line : `${this.#text}\n${line}`;
    this.#count += line.split('\n').length;
    for (const each of line.split('\n')) this.#brackets.add(each);
    if (this.#count > parsedLines && this.#count < this.#limit && this.#brackets.goesOn) return false;
    if (this.#count >= this.#limit) this.#limit = 16 * this.#count;
    return true;
  }

  clear(): void {
    this.#text = '';
    this.#count = 0;
    this.#brackets = new OpenBrackets();
    this.#limit = parsedLines;
  }
}
