import type { Difference } from '../compare/find-differences.ts';
import type { FileOutcome, StepOutcome } from '../outcome.ts';
import type { Block, Step, Transcript } from '../transcript.ts';
import type { Update } from '../update/update-transcript.ts';

/** What happened to a file on all its databases. */
export interface FileResult {
  readonly transcript: Transcript;
  readonly outcomes: readonly FileOutcome[];
  readonly differences: readonly Difference[];
  /** How it was updated; absent unless that was asked for. */
  readonly update?: Update;
}

export type ExitCode = 0 | 1 | 2;

/** 2 if something could not run, 1 if a step failed or was not updated, else 0. */
export function exitCodeOf(results: readonly FileResult[]): ExitCode {
  if (results.some(couldNotRun)) return 2;
  const isFailed = (result: FileResult) =>
    result.update ? result.update.refused.length > 0 : hasFailed(result);
  return results.some(isFailed) ? 1 : 0;
}

/** Whether a file has problems, or did not run on one of its databases. */
export function couldNotRun({ transcript, outcomes }: FileResult): boolean {
  return transcript.problems.length > 0 || outcomes.some(({ error }) => error !== undefined);
}

function hasFailed({ outcomes, differences }: FileResult): boolean {
  return differences.length > 0 || outcomes.some(({ steps }) => steps.some(step => step.status === 'failed'));
}

/** How many steps have each status. */
export function countSteps(results: readonly FileResult[]): Record<StepOutcome['status'], number> {
  const counts = { passed: 0, failed: 0, skipped: 0, 'not run': 0 };
  for (const { outcomes } of results)
    for (const { steps } of outcomes) for (const { status } of steps) counts[status]++;
  return counts;
}

/** `docs/walk.repl.md:12 [sqlite] › Reading › #read` */
export function locationOf(path: string, step: Step, block: Block, database?: string): string {
  return [
    `${path}:${step.line}${database === undefined ? '' : ` [${database}]`}`,
    block.headings.at(-1),
    block.id && `#${block.id}`,
  ]
    .filter(Boolean)
    .join(' › ');
}
