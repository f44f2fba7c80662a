import { fileTimeoutOf } from '../timeouts.ts';
import { type DatabaseName, stepsOf, type Transcript } from '../transcript.ts';

/** What there is to run in a file, for a program that needs to know it before anything runs. */
export interface Plan {
  readonly path: string;
  readonly databases: readonly DatabaseName[];
  readonly problems: readonly string[];
  /** How long it may take on each of the databases. */
  readonly timeoutMs: number;
  readonly steps: readonly {
    readonly line: number;
    readonly typed: string;
    /** Why it does not run. */
    readonly skip?: string;
    /** The databases that it is for; absent for all. */
    readonly only?: readonly DatabaseName[];
  }[];
}

/** @returns one line of JSON: an array with a {@link Plan} for each file */
export function reportPlan(
  files: readonly { readonly transcript: Transcript; readonly databases: readonly DatabaseName[] }[],
  fileTimeoutMs: number | undefined,
): string {
  const plans: Plan[] = files.map(({ transcript, databases }) => ({
    path: transcript.path,
    databases,
    problems: transcript.problems.map(({ line, message }) => `${transcript.path}:${line}: ${message}`),
    timeoutMs: fileTimeoutOf(transcript, fileTimeoutMs),
    steps: stepsOf(transcript).map(({ step, block }) => ({
      line: step.line,
      typed: step.typed,
      ...(block.skip !== undefined && { skip: block.skip }),
      ...(block.only && { only: block.only }),
    })),
  }));
  return JSON.stringify(plans);
}
