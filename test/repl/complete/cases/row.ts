/** What is expected of the candidates at a cursor. */
export type Expected =
  | { readonly kind: 'only' | 'first' | 'without'; readonly texts: readonly string[] }
  | { readonly kind: 'shown'; readonly texts: readonly string[] };

/** A text with `⇥` where the cursor is, and what is expected there. */
export type Row = readonly [text: string, ...expected: readonly Expected[]];

/** All candidates, in their order. */
export const only = (...texts: string[]): Expected => ({ kind: 'only', texts });
/** The first candidates, in their order. */
export const first = (...texts: string[]): Expected => ({ kind: 'first', texts });
/** What must not be among the candidates. */
export const without = (...texts: string[]): Expected => ({ kind: 'without', texts });
/** The first candidates with kind and type, as `username property string`. */
export const shown = (...texts: string[]): Expected => ({ kind: 'shown', texts });
export const none = only();
