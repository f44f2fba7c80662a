import type { Editor } from '../../../repl/editor/editor.ts';
import type { KeyEvent } from '../../../repl/editor/keys/key-event.ts';
import { draw, type Drawn, undrawn } from '../../../repl/editor/screen/draw.ts';
import { type Frame, type Layout, layout } from '../../../repl/editor/screen/layout.ts';
import { colors } from '../../../repl/editor/screen/theme.ts';
import { Emulator, expected } from './emulator.ts';

export function frame(width: number, height: number): Frame {
  return {
    width,
    height,
    theme: colors,
    prompt: [{ text: '> ', style: '' }],
    continuation: '... ',
    // Digits look different, so that styles are drawn, too.
    highlight: function* ({ text }, from, to) {
      for (let at = from; at < to; at++)
        if (/\d/.test(text.charAt(at))) yield { kind: 'number', from: at, to: at + 1 };
    },
  };
}

/** An editor at a terminal that is drawn key by key. */
export class Typist {
  readonly emulator: Emulator;
  drawn: Drawn;
  last: Layout | undefined;
  bytes = '';
  frame: Frame;
  readonly editor: Editor;

  constructor(editor: Editor, width: number, height: number) {
    this.editor = editor;
    this.emulator = new Emulator(width, height);
    this.frame = frame(width, height);
    this.drawn = undrawn(width);
  }

  async press(events: readonly KeyEvent[]): Promise<void> {
    const { effect } = this.editor.feed(events);
    if (effect?.kind === 'complete')
      this.editor.offer(
        candidates.map(text => ({
          text,
          kind: 'name',
          type: 'string',
          from: effect.cursor,
          to: effect.cursor,
        })),
      );
    await this.draw();
  }

  async draw(): Promise<void> {
    this.last = layout(this.editor.view, this.frame, this.last);
    const { bytes, drawn } = draw(this.drawn, this.last);
    this.bytes = bytes;
    this.drawn = drawn;
    await this.emulator.write(bytes);
  }

  /**
   * How the emulator differs from what was laid out, and from what drawing all of it at once shows; and what is left of
   * earlier screens.
   */
  async differences(): Promise<string[]> {
    const { rows, cursor, width } = this.last ?? { rows: [], cursor: { row: 0, column: 0 }, width: 1 };
    const fresh = new Emulator(width, this.frame.height);
    await fresh.write(draw(undrawn(width), { rows, cursor, width }).bytes);
    const top = this.emulator.cursor.row - cursor.row;
    const pairs: [what: string, seen: unknown, wanted: unknown][] = [
      ['cursor', this.emulator.cursor.column, cursor.column],
      ['cursor at once', fresh.cursor, cursor],
    ];
    for (let index = 0; index < this.drawn.reached; index++) {
      const seen = this.emulator.row(top + index);
      pairs.push([`row ${index} at once`, seen, fresh.row(index)]);
      pairs.push([
        `row ${index}`,
        seen.map(([text, columns]) => [text, columns]),
        expected(rows[index] ?? []),
      ]);
    }
    return pairs
      .map(([what, ...both]) => [what, ...both.map(each => JSON.stringify(each))] as const)
      .filter(([, seen, wanted]) => seen !== wanted)
      .map(parts => parts.join('\n'));
  }
}

const candidates = ['alpha', 'beta', 'gamma', ...Array.from({ length: 20 }, (_, index) => `delta${index}`)];
