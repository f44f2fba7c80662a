import type { DatabaseName } from '../transcript.ts';

/** What came of one step on one database. Plain data: tests, reports and updates all read it. */
export interface StepOutcome {
  readonly database: DatabaseName;
  /** The line that it begins on; with the file it names the step. */
  readonly line: number;
  readonly status: Status;
  /** How it differs from what is written; empty unless it failed. */
  readonly failures: readonly Failure[];
  /** What it did; absent if it did not run. */
  readonly actual?: Actual;
  /** What the names stood for when it had run. */
  readonly bindings: Readonly<Record<string, string>>;
  readonly milliseconds: number;
}

type Status = 'passed' | 'failed' | 'skipped' | 'not run';

export type Failure =
  | {
      readonly kind: 'output' | 'sql';
      readonly expected: readonly string[];
      readonly actual: readonly string[];
    }
  | { readonly kind: 'queries' | 'pending'; readonly expected: string; readonly actual: string }
  /** An error that was not expected; the steps after it do not run. */
  | { readonly kind: 'threw'; readonly expected: readonly string[]; readonly actual: readonly string[] }
  | { readonly kind: 'timeout'; readonly milliseconds: number }
  /** The statement left the shell, and there are steps after it. */
  | { readonly kind: 'left' };

/** What a step did. */
export interface Actual {
  /** The lines that it printed. */
  readonly output: readonly string[];
  /** The lines that it printed without the advice that goes with an error; absent if there was no error. */
  readonly bare?: readonly string[];
  /** The statements that ran, without the quotes around names. */
  readonly sql: readonly string[];
  /** How many of them are not about the transaction. */
  readonly queries: number;
  /** What is staged now, such as `1 new (User)`, or `nothing`; absent where nobody asks. */
  readonly pending?: string;
}

/** What came of a file on one database: its steps, or why it did not run. */
export interface FileOutcome {
  readonly database: DatabaseName;
  readonly steps: readonly StepOutcome[];
  /** Why the file could not run there; absent if it ran. */
  readonly error?: string;
  readonly milliseconds: number;
}
