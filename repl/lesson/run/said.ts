import type { Answer } from '../../answer/answer.ts';

/** What a lesson says, as data; how it looks is up to `render-said.ts`. */
export type Said =
  | { readonly kind: 'prose'; readonly markdown: string }
  /** A statement that was typed for the learner, with what it printed. */
  | { readonly kind: 'typed'; readonly typed: string; readonly answer: Answer; readonly printed: string }
  /** A task is solved, or a question answered. */
  | { readonly kind: 'right'; readonly markdown: string }
  /** Why it is not. */
  | { readonly kind: 'wrong'; readonly markdown: string }
  | { readonly kind: 'note'; readonly markdown: string }
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number };
