import type { SyntaxNode } from './tree.ts';

/** What is being typed at the cursor. */
export type Typing =
  /** `.sq` */
  | { readonly kind: 'command' }
  /** `.help com` */
  | { readonly kind: 'argument'; readonly command: string }
  /** `add(us`: a name, or a value where one is expected. */
  | { readonly kind: 'name'; readonly node: SyntaxNode; readonly isStatement: boolean }
  /** `user.posts.le` */
  | { readonly kind: 'member'; readonly of: SyntaxNode }
  /** `filterBy({ us`, and `filterBy({ 'author.us` with what of it is before the cursor */
  | { readonly kind: 'key'; readonly object: SyntaxNode; readonly written: string; readonly quote: string }
  /** `const { us } = user` */
  | { readonly kind: 'pattern'; readonly pattern: SyntaxNode }
  /** `populate('posts.au`, with what of it is before the cursor */
  | { readonly kind: 'string'; readonly node: SyntaxNode; readonly written: string }
  /** `user['us` */
  | { readonly kind: 'index'; readonly of: SyntaxNode }
  /** `import('./s` */
  | { readonly kind: 'module'; readonly written: string }
  /** `const user: Us` */
  | { readonly kind: 'type' }
  /** Comments, plain text, new names. */
  | { readonly kind: 'nothing' };

/** What is being typed, and which part of the text a candidate replaces. */
export interface Analysis {
  readonly typing: Typing;
  readonly from: number;
  readonly to: number;
  /** The part before the cursor, which a candidate has to match. */
  readonly typed: string;
  /** The text that the nodes are of. */
  readonly text: string;
}
