/** What a statement answers, before anyone decides how it looks. */
export type Answer = Body & {
  /** The statements that ran for it, where they are shown. */
  readonly sql?: readonly string[];
  /** It wrote in a sandbox. */
  readonly sandbox?: boolean;
};

type Body =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'entities'; readonly items: readonly object[] }
  | { readonly kind: 'text'; readonly text: string }
  | ErrorAnswer
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'exit' };

/** Something went wrong, and the prompt goes on. */
export interface ErrorAnswer {
  readonly kind: 'error';
  /** What was thrown: an Error, or any other value. */
  readonly error: unknown;
  /** The places in the person's own files that it came through. */
  readonly frames?: readonly string[];
  /** The typed line with a mark under the place, for a syntax error. */
  readonly excerpt?: string;
}
