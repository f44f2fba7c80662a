import type { SyntaxNode } from '../analyze/tree.ts';
import type { CompletionContext } from '../context.ts';
import type { Type } from '../types/type.ts';

/** Finds the types of what is in a text. */
export interface Typer {
  readonly text: string;
  readonly context: CompletionContext;
  /** The type of an expression. */
  readonly typeOf: (node: SyntaxNode) => Type;
  /** The type that is wanted of an expression where it stands. */
  readonly expected: (node: SyntaxNode) => Type;
  /** What a call of a function, or of a class with `new`, is to be given and returns. */
  readonly callOf: (node: SyntaxNode) => Call | undefined;
  /** What a function of an earlier line returns; `any` if nothing is known of it. */
  readonly returnedBy: (value: object) => Type;
  /** The type of the objects that a class in the text makes. */
  readonly instance: (node: SyntaxNode) => Type;
  /** The type that a name, or a pattern, which the text declares, gets. */
  readonly typeOfBinding: (node: SyntaxNode) => Type;
  /** The type that a node of a type says. */
  readonly typeWritten: (node: SyntaxNode) => Type;
  /** The type that is written after a colon. */
  readonly annotated: (owner: SyntaxNode) => Type | undefined;
}

/** A call in the text. */
export interface Call {
  /** The type that is wanted of an argument. */
  readonly parameter: (index: number) => Type;
  readonly returns: () => Type;
}
