import type { FileOutcome, StepOutcome } from '../outcome.ts';
import { withNames } from '../parse/pattern.ts';
import { type Step, stepsOf, type Transcript } from '../transcript.ts';

/** A step that does not do the same on every database. */
export interface Difference {
  readonly line: number;
  /** What it did on each database; the others are compared with the first. */
  readonly outcomes: readonly StepOutcome[];
}

/**
 * Finds the steps that differ between databases, so that nothing can be written under them that is right on all. What
 * a wildcard stands for may differ.
 */
export function findDifferences(
  transcript: Pick<Transcript, 'blocks'>,
  outcomes: readonly FileOutcome[],
): Difference[] {
  return stepsOf(transcript).flatMap(({ step }, index) => {
    const ran = outcomes.flatMap(({ steps }) => steps[index] ?? []).filter(({ actual }) => actual);
    const isDifferent = new Set(ran.map(outcome => fingerprint(outcome, step))).size > 1;
    return isDifferent ? [{ line: step.line, outcomes: ran }] : [];
  });
}

/** What must be equal on all databases: how a step failed, or that it did not. */
function fingerprint({ failures, bindings }: StepOutcome, { expected }: Step): string {
  const isSqlPerDatabase = expected.sql.every(({ database }) => database !== undefined);
  const compared = failures
    .filter(({ kind }) => kind !== 'sql' || !isSqlPerDatabase)
    .map(failure => ('actual' in failure ? [failure.kind, failure.actual] : [failure.kind]));
  return withNames(JSON.stringify(compared), new Map(Object.entries(bindings)));
}
