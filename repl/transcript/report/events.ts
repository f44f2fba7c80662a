import type { StepOutcome } from '../outcome.ts';
import { type DatabaseName, stepsOf, type Transcript } from '../transcript.ts';
import type { FileResult } from './file-result.ts';
import { reportFile } from './report-file.ts';
import { reportStep } from './report-step.ts';
import type { Reporter } from './reporter.ts';

/** A line of JSON about what happened. */
export type RunEvent =
  | {
      readonly event: 'step';
      readonly path: string;
      readonly database: DatabaseName;
      readonly line: number;
      readonly status: StepOutcome['status'];
      /** For people; empty unless the step failed. */
      readonly report: string;
    }
  | {
      readonly event: 'file';
      readonly path: string;
      /** Why the file could not run, and where its databases differ; empty if neither is so. */
      readonly report: string;
    };

/** Prints a {@link RunEvent} for each step as it ends and for each file: what the test runners listen to. */
export const events: Reporter = {
  showsProgress: false,
  stepEnded: (transcript, outcome) =>
    write({
      event: 'step',
      path: transcript.path,
      database: outcome.database,
      line: outcome.line,
      status: outcome.status,
      report: outcome.status === 'failed' ? failureOf(transcript, outcome) : '',
    }),
  fileEnded: result =>
    write({
      event: 'file',
      path: result.transcript.path,
      report: reportFile({ ...result, outcomes: withoutSteps(result) }, { color: false }),
    }),
};

function write(event: RunEvent): string {
  return JSON.stringify(event);
}

function failureOf(transcript: Transcript, outcome: StepOutcome): string {
  const found = stepsOf(transcript).find(({ step }) => step.line === outcome.line);
  return found ? reportStep(transcript.path, found.step, found.block, outcome, { color: false }) : '';
}

/** The steps have been reported one by one. */
function withoutSteps({ outcomes }: FileResult): FileResult['outcomes'] {
  return outcomes.map(outcome => ({ ...outcome, steps: [] }));
}
