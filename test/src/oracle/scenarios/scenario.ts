/** Steps that are played in both, and where mikroscope means to differ. */
export interface Scenario {
  readonly script: string;
  /** What differs, by the number of the point in docs/session.md that says so. */
  readonly differs?: Readonly<Record<string, readonly string[]>>;
  /** What mikroscope does wrong, until that is mended. */
  readonly failing?: string;
}

export type Scenarios = Readonly<Record<string, Scenario>>;
