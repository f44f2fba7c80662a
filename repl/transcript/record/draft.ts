/** A step of a recording as it will be written. */
export interface Draft {
  readonly typed: string;
  readonly expected: readonly string[];
  /** What it printed when it was recorded. */
  readonly output: readonly string[];
}
