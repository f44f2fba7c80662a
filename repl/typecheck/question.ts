/** What the compiler is asked about a text. */
export interface Question {
  /** The type of an expression, or whether a statement has errors. */
  readonly kind: 'type' | 'errors';
  readonly text: string;
  /** The declarations of the session's classes. */
  readonly entities: string;
  /** The declarations of the names in the text that the prompt has, by name. */
  readonly variables: ReadonlyMap<string, string>;
}

/** What the compiler answers: a type, or what is wrong and where; neither for a text that is right. */
export interface Verdict {
  readonly type?: string;
  readonly problem?: TypeProblem;
}

/** An error of the compiler, at a place of the text. */
export interface TypeProblem {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}
