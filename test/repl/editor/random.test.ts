import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { newEditor, press } from './typing.ts';

/** The text as a list of characters, edited in the simplest way. */
class Model {
  before: string[] = [];
  after: string[] = [];

  readonly keys: Readonly<Record<string, () => void>> = {
    left: () => this.#back(1),
    'C-b': () => this.#back(1),
    right: () => this.#on(1),
    backspace: () => void this.before.pop(),
    delete: () => void this.after.shift(),
    home: () => this.#back(this.#lineBefore.length),
    'C-e': () => this.#on(this.#lineAfter.length),
    'C-home': () => this.#back(this.before.length),
    'C-end': () => this.#on(this.after.length),
    'M-b': () => this.#back(this.#wordBefore),
    'M-f': () => this.#on(this.#wordAfter),
    'M-backspace': () => void this.before.splice(this.before.length - this.#wordBefore),
    'M-d': () => void this.after.splice(0, this.#wordAfter),
    'C-k': () => void this.after.splice(0, this.#lineAfter.length || 1),
    'C-u': () =>
      void this.before.splice(
        this.before.length - (this.#lineBefore.length || Math.min(1, this.before.length)),
      ),
    'C-j': () => this.type(`\n${this.#indent}`),
    up: () => this.#toLine(-1),
    down: () => this.#toLine(1),
  };

  type(text: string): void {
    this.before.push(...Array.from(text));
  }

  get shown(): string {
    return `${this.before.join('')}|${this.after.join('')}`;
  }

  get #lineBefore(): string[] {
    return this.before.slice(this.before.lastIndexOf('\n') + 1);
  }

  get #lineAfter(): string[] {
    const end = this.after.indexOf('\n');
    return end < 0 ? this.after : this.after.slice(0, end);
  }

  get #indent(): string {
    return /^ */.exec(this.#lineBefore.join(''))?.[0] ?? '';
  }

  get #wordBefore(): number {
    return /(?:\p{L}*)[^\p{L}]*$/u.exec(this.before.join(''))?.[0].length ?? 0;
  }

  get #wordAfter(): number {
    return /^[^\p{L}]*\p{L}*/u.exec(this.after.join(''))?.[0].length ?? 0;
  }

  #back(count: number): void {
    this.after.unshift(...this.before.splice(Math.max(0, this.before.length - count)));
  }

  #on(count: number): void {
    this.before.push(...this.after.splice(0, count));
  }

  /** Moves a line up or down, to the same column; there is only what is one column wide. */
  #toLine(step: -1 | 1): void {
    const lines = [...this.before, ...this.after].join('').split('\n');
    const line = this.before.filter(each => each === '\n').length;
    const target = lines[line + step];
    if (target === undefined) return;
    const column = Math.min(this.#lineBefore.length, target.length);
    const all = [...this.before, ...this.after];
    const at = lines.slice(0, line + step).join('\n').length + (line + step > 0 ? 1 : 0) + column;
    this.before = all.slice(0, at);
    this.after = all.slice(at);
  }
}

const typed = fc.constantFrom('a', 'b', ' ', '.', 'é', 'word', '  ');

it('edits as a list of characters would be edited', () => {
  const names = Object.keys(new Model().keys);
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          typed.map(text => `'${text}'`),
          fc.constantFrom(...names),
        ),
        { maxLength: 60 },
      ),
      written => {
        const model = new Model();
        const editor = newEditor();
        let isVertical = false;
        for (const key of written) {
          // The column that moving up and down keeps to is in the tables.
          const repeats = isVertical && /^(?:up|down)$/.test(key);
          isVertical = /^(?:up|down)$/.test(key);
          if (repeats) continue;
          press(editor, key);
          if (key.startsWith("'")) model.type(key.slice(1, -1));
          else model.keys[key]?.();
          expect(`${editor.text.slice(0, editor.cursor)}|${editor.text.slice(editor.cursor)}`).toBe(
            model.shown,
          );
        }
      },
    ),
    { numRuns: Number(process.env['RANDOM_RUNS'] ?? 300) },
  );
});

it('takes back every change, and makes it again', () => {
  const key = fc.oneof(
    typed.map(text => `'${text}'`),
    fc.constantFrom(...Object.keys(new Model().keys), 'C-w', 'C-y', 'C-t', 'M-t', 'M-u', 'M-c'),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), written => {
      const editor = newEditor();
      press(editor, written.join(' '));
      const { text } = editor;
      press(editor, 'C-_ '.repeat(written.length));
      expect(editor.text).toBe('');
      press(editor, 'M-_ '.repeat(written.length));
      expect(editor.text).toBe(text);
    }),
  );
});
