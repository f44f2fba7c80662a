import type { DatabaseName } from './transcript.ts';

/** What happened to one step on one database. Plain data: tests, reports and updates all read it. */
export interface StepOutcome {
  readonly database: DatabaseName;
  /** The line that the step begins on; together with the file it identifies the step. */
  readonly line: number;
  readonly status: Status;
  /** How it differs from what is written; empty unless it failed. */
  readonly failures: readonly Failure[];
  /** What it did; absent if it did not run to its end. */
  readonly actual?: Actual;
  /** What each name stood for after the step. */
  readonly bindings: Readonly<Record<string, string>>;
  readonly milliseconds: number;
}

type Status = 'passed' | 'failed' | 'skipped' | 'not run';

export type Failure =
  /** `threw`: an error that is not expected, after which the remaining steps do not run. */
  | {
      readonly kind: 'output' | 'sql' | 'threw';
      readonly expected: readonly string[];
      readonly actual: readonly string[];
    }
  | { readonly kind: 'queries' | 'pending'; readonly expected: string; readonly actual: string }
  /** `ofFile`: the time for the whole file was up while the step ran. */
  | { readonly kind: 'timeout'; readonly milliseconds: number; readonly ofFile?: true }
  /** The statement left the shell although steps follow; `signal` if that ended the process, as a crash does. */
  | { readonly kind: 'left'; readonly signal?: string };

/** What a step did. */
export interface Actual {
  /** The lines that it printed. */
  readonly output: readonly string[];
  /** The same lines without the advice that goes with an error; absent if there was no error. */
  readonly bare?: readonly string[];
  /** The whole stack of an error and its causes, where that is wanted. */
  readonly trace?: readonly string[];
  /** The statements that ran, without the quotes around names. */
  readonly sql: readonly string[];
  /** How many of them were not about a transaction; absent where the step does not count them. */
  readonly queries?: number;
  /** What is staged after the step, such as `1 new (User)`, or `nothing`; absent where the step does not check it. */
  readonly pending?: string;
}

/** What happened to a file on one database. */
export interface FileOutcome {
  readonly database: DatabaseName;
  readonly steps: readonly StepOutcome[];
  /** Why the file could not run there; absent if it ran. */
  readonly error?: string;
  readonly milliseconds: number;
}
