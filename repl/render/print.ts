import type { Answer } from '../answer/answer.ts';
import { render, type Style } from './render.ts';

/** Somewhere to write, and how it looks there. */
export interface Channel {
  readonly style: Style;
  /** Takes whole lines, without a newline at the end. */
  readonly write: (text: string) => void;
}

/** Where a front end writes; the two may be the same. */
export interface Output {
  readonly answers: Channel;
  readonly errors: Channel;
}

/** Prints an answer, if there is anything to print. */
export function print(answer: Answer, { answers, errors }: Output): void {
  const { style, write } = answer.kind === 'error' ? errors : answers;
  const shown = render(answer, style);
  if (shown !== undefined) write(shown);
}

/** Prints an error that the program works around, but only where errors are being debugged. */
export function printWorkedAround(error: unknown, { style, write }: Channel): void {
  const shown = style.debug ? render({ kind: 'error', error }, style) : undefined;
  if (shown !== undefined) write(shown);
}
