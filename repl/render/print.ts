import type { Answer } from '../answer/answer.ts';
import { render, type Style } from './render.ts';

/** Somewhere to write, and how things look there. */
export interface Channel {
  readonly style: Style;
  /** Takes whole lines, without a newline at the end. */
  readonly write: (text: string) => void;
}

/** Where a front end says things; the two may be one. */
export interface Output {
  readonly answers: Channel;
  readonly errors: Channel;
}

/** Prints what there is to print of an answer. */
export function print(answer: Answer, { answers, errors }: Output): void {
  const { style, write } = answer.kind === 'error' ? errors : answers;
  const shown = render(answer, style);
  if (shown !== undefined) write(shown);
}
