/** A syntax error. `line` counts from 1, `column` from 0, both in the typed text. */
export interface SourceError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}
