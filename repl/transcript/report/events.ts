import type { StepOutcome } from '../run/outcome.ts';
import type { DatabaseName, Transcript } from '../transcript.ts';
import { reportFile, reportStep } from './pretty.ts';
import { type FileResult, stepsOf } from './result.ts';

/** What there is to run, for a program that wants to know before anything runs. */
export interface Plan {
  readonly path: string;
  readonly databases: readonly DatabaseName[];
  readonly problems: readonly string[];
  readonly steps: readonly {
    readonly line: number;
    readonly typed: string;
    /** Why it does not run. */
    readonly skip?: string;
    /** The databases that it is for; absent for all. */
    readonly only?: readonly DatabaseName[];
  }[];
}

/** What happened in a run, a line of JSON each. */
export type RunEvent =
  | {
      readonly event: 'step';
      readonly path: string;
      readonly database: DatabaseName;
      readonly line: number;
      readonly status: StepOutcome['status'];
      /** What the person should read; empty unless it failed. */
      readonly report: string;
    }
  | {
      readonly event: 'file';
      readonly path: string;
      /** Why it could not run, and where its databases differ; empty for nothing. */
      readonly report: string;
    };

/** @returns one line of JSON: a {@link Plan} for each file */
export function reportPlan(
  files: readonly { readonly transcript: Transcript; readonly databases: readonly DatabaseName[] }[],
): string {
  const plans: Plan[] = files.map(({ transcript, databases }) => ({
    path: transcript.path,
    databases,
    problems: transcript.problems.map(({ line, message }) => `${transcript.path}:${line}: ${message}`),
    steps: stepsOf(transcript).map(({ step, block }) => ({
      line: step.line,
      typed: step.typed,
      ...(block.skip !== undefined && { skip: block.skip }),
      ...(block.only && { only: block.only }),
    })),
  }));
  return JSON.stringify(plans);
}

/** @returns one line of JSON: a {@link RunEvent} */
export function reportEvent(transcript: Transcript, what: StepOutcome | FileResult): string {
  const { path } = transcript;
  const event: RunEvent =
    'line' in what
      ? {
          event: 'step',
          path,
          database: what.database,
          line: what.line,
          status: what.status,
          report: what.status === 'failed' ? failure(transcript, what) : '',
        }
      : {
          event: 'file',
          path,
          report: reportFile({ ...what, outcomes: withoutSteps(what) }, { color: false }),
        };
  return JSON.stringify(event);
}

function failure(transcript: Transcript, outcome: StepOutcome): string {
  const found = stepsOf(transcript).find(({ step }) => step.line === outcome.line);
  return found ? reportStep(transcript.path, found.step, found.block, outcome, { color: false }) : '';
}

/** The steps have been told one by one. */
function withoutSteps({ outcomes }: FileResult): FileResult['outcomes'] {
  return outcomes.map(outcome => ({ ...outcome, steps: [] }));
}
