import type { WriteStream } from 'node:tty';
import type { View } from '../editor/effect.ts';
import { draw, type Drawn, erased, left, undrawn } from '../editor/screen/draw.ts';
import { type Frame, type Layout, layout } from '../editor/screen/layout.ts';
import type { Theme } from '../editor/screen/theme.ts';
import { ScreenOutput } from './screen-output.ts';
import { styled } from './styled.ts';

/** Where what is typed is shown. */
export interface Display {
  /** Shows it as it is now. */
  readonly show: (view: View) => void;
  /** Leaves it on the screen, whole, for the last time. What is written then begins below it. */
  readonly finish: (view: View) => void;
  /** Begins anew on an empty screen. */
  readonly clear: (view: View) => void;
  /** Shows it again after another program had the terminal. */
  readonly resume: (view: View) => void;
  readonly close: () => void;
}

/** What a display is made for. */
export interface DisplayOptions {
  readonly screen: WriteStream;
  readonly others: readonly WriteStream[];
  readonly prompt: string;
  readonly theme: Theme;
  readonly color: boolean;
  readonly highlight: Frame['highlight'];
}

/** Shows what is typed at a terminal: with each key, what has changed. */
export class TerminalDisplay implements Display {
  readonly #options: DisplayOptions;
  readonly #output: ScreenOutput;
  #view: View | undefined;
  #drawn: Drawn | undefined;
  #last: Layout | undefined;
  #redraw: NodeJS.Immediate | undefined;
  #mode: View['viMode'];

  constructor(options: DisplayOptions) {
    this.#options = options;
    const { screen, others } = options;
    this.#output = new ScreenOutput(screen, others, () => this.#makeRoom());
    screen.on('resize', this.#resize);
  }

  /** Writes what is not to be seen, such as a mode of the terminal. */
  get write(): (bytes: string) => void {
    return this.#output.write;
  }

  show(view: View): void {
    clearImmediate(this.#redraw);
    this.#view = view;
    this.#draw(this.#frame);
    this.#shapeCursor(view.viMode);
  }

  finish(view: View): void {
    clearImmediate(this.#redraw);
    const whole = { ...view, cursor: view.text.length, suggestion: '', menu: undefined, search: undefined };
    const frame = { ...this.#frame, height: Number.POSITIVE_INFINITY };
    // Of a text that is higher than the screen only a part has been drawn.
    if ((this.#drawn?.rows.length ?? 0) >= this.#height) this.#erase();
    this.#view = whole;
    this.#draw(frame);
    this.#shapeCursor(undefined);
    if (this.#drawn) this.#output.write(left(this.#drawn));
    this.#forget();
  }

  clear(view: View): void {
    this.#output.write('\u001B[2J\u001B[H');
    this.resume(view);
  }

  resume(view: View): void {
    this.#forget();
    this.show(view);
  }

  close(): void {
    clearImmediate(this.#redraw);
    this.#shapeCursor(undefined);
    if (this.#drawn) this.#output.write(left(this.#drawn));
    this.#options.screen.off('resize', this.#resize);
    this.#output.close();
  }

  get #height(): number {
    return this.#options.screen.rows || 24;
  }

  get #frame(): Frame {
    const { screen, prompt, theme, color, highlight } = this.#options;
    return {
      width: screen.columns || 80,
      height: this.#height,
      theme,
      prompt: styled(prompt),
      continuation: '... ',
      highlight: color ? highlight : () => [],
    };
  }

  #draw(frame: Frame): void {
    if (!this.#view) return;
    if (!this.#drawn) {
      this.#output.startLine();
      this.#drawn = undrawn(frame.width);
    }
    this.#last = layout(this.#view, frame, this.#last);
    const { bytes, drawn } = draw(this.#drawn, this.#last);
    this.#drawn = drawn;
    if (bytes !== '') this.#output.write(bytes);
  }

  #forget(): void {
    this.#view = undefined;
    this.#drawn = undefined;
    this.#last = undefined;
  }

  #erase(): void {
    if (this.#drawn) this.#output.write(erased(this.#drawn, this.#frame.width));
    this.#drawn = undefined;
  }

  /** In vi's normal mode the cursor is a block, and a bar where characters are inserted. */
  #shapeCursor(mode: View['viMode']): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#output.write(mode === undefined ? '\u001B[0 q' : mode === 'normal' ? '\u001B[2 q' : '\u001B[6 q');
  }

  /** Something else writes: it comes above what is typed. */
  #makeRoom(): void {
    if (!this.#drawn) return;
    this.#erase();
    clearImmediate(this.#redraw);
    this.#redraw = setImmediate(() => this.#draw(this.#frame));
  }

  readonly #resize = (): void => {
    if (!this.#drawn) return;
    this.#erase();
    this.#draw(this.#frame);
  };
}
