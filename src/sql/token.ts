/** The databases whose SQL is read alike. */
export type SqlFamily = 'sqlite' | 'postgresql' | 'mysql';

/**
 * What a piece of SQL text is. A `word` is a keyword or a name without quotes, a `name` has quotes, and a `mark` opens
 * or closes a comment whose inside MySQL or MariaDB runs, depending on their version.
 */
export type TokenKind =
  | 'space'
  | 'comment'
  | 'mark'
  | 'word'
  | 'name'
  | 'string'
  | 'number'
  | 'parameter'
  | 'symbol'
  | 'semicolon';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  /** The position after its last character. */
  readonly end: number;
  /**
   * Why its end or its meaning is uncertain: `open` has no end, `backslash` ends elsewhere under a setting of the
   * server, `escaped` is a name in code points, `version` is code on some servers only, and `nul` ends the text for some
   * drivers.
   */
  readonly flaw?: 'open' | 'backslash' | 'escaped' | 'version' | 'nul';
}
