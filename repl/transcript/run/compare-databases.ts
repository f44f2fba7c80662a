import type { FileOutcome, StepOutcome } from './outcome.ts';
import { withNames } from '../parse/pattern.ts';
import type { Step, Transcript } from '../transcript.ts';

/** A step that does not do the same on every database. */
export interface Difference {
  readonly line: number;
  /** What it did, by database; the first is what the others are compared with. */
  readonly outcomes: readonly StepOutcome[];
}

/**
 * Finds the steps that do one thing on one database and another on another, and so cannot be as written on all of
 * them. What a wildcard stands for may differ.
 */
export function findDifferences(
  { blocks }: Pick<Transcript, 'blocks'>,
  outcomes: readonly FileOutcome[],
): Difference[] {
  return blocks
    .flatMap(({ steps }) => steps)
    .flatMap((step, index) => {
      const ran = outcomes.flatMap(({ steps }) => steps[index] ?? []).filter(({ actual }) => actual);
      return new Set(ran.map(outcome => fingerprint(outcome, step))).size > 1
        ? [{ line: step.line, outcomes: ran }]
        : [];
    });
}

/** What two databases must have in common: how a step failed, or that it did not. */
function fingerprint({ failures, bindings }: StepOutcome, { expected }: Step): string {
  const ownSql = expected.sql.every(({ database }) => database !== undefined);
  const told = JSON.stringify(
    failures
      .filter(({ kind }) => kind !== 'sql' || !ownSql)
      .map(failure => ('actual' in failure ? [failure.kind, failure.actual] : [failure.kind])),
  );
  return withNames(told, new Map(Object.entries(bindings)));
}
