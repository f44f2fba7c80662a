import type { Difference } from '../run/compare-databases.ts';
import type { FileOutcome, StepOutcome } from '../run/outcome.ts';
import type { Block, Step, Transcript } from '../transcript.ts';
import type { Update } from '../update/update.ts';

/** What came of a file, on all its databases. */
export interface FileResult {
  readonly transcript: Transcript;
  readonly outcomes: readonly FileOutcome[];
  readonly differences: readonly Difference[];
  /** What was written into it, when that was asked for. */
  readonly update?: Update;
}

export type ExitCode = 0 | 1 | 2;

/** 2 if something could not run, 1 if a step failed, else 0. */
export function exitCodeOf(results: readonly FileResult[]): ExitCode {
  if (results.some(({ transcript, outcomes }) => transcript.problems.length > 0 || outcomes.some(hasError)))
    return 2;
  return results.some(result => (result.update ? result.update.refused.length > 0 : hasFailed(result)))
    ? 1
    : 0;
}

function hasError({ error }: FileOutcome): boolean {
  return error !== undefined;
}

function hasFailed({ outcomes, differences }: FileResult): boolean {
  return differences.length > 0 || outcomes.some(({ steps }) => steps.some(step => step.status === 'failed'));
}

/** The steps of a file, each with its block. */
export function stepsOf({ blocks }: Pick<Transcript, 'blocks'>): { step: Step; block: Block }[] {
  return blocks.flatMap(block => block.steps.map(step => ({ step, block })));
}

/** How many steps came to what. */
export function countSteps(results: readonly FileResult[]): Record<StepOutcome['status'], number> {
  const counts = { passed: 0, failed: 0, skipped: 0, 'not run': 0 };
  for (const { outcomes } of results)
    for (const { steps } of outcomes) for (const { status } of steps) counts[status]++;
  return counts;
}

/** `docs/walk.repl.md:12 [sqlite] › Reading › #read` */
export function placeOf(path: string, step: Step, block: Block, database?: string): string {
  return [
    `${path}:${step.line}${database === undefined ? '' : ` [${database}]`}`,
    block.headings.at(-1),
    block.id && `#${block.id}`,
  ]
    .filter(Boolean)
    .join(' › ');
}
