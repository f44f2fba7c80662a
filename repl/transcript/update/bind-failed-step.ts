import { compareStep, type ComparisonRules } from '../compare/compare-step.ts';
import type { StepOutcome } from '../outcome.ts';
import { readExpectation } from '../parse/read-expectation.ts';
import type { Bindings } from '../parse/pattern.ts';
import type { Step } from '../transcript.ts';
import { updateStep } from './update-step.ts';

/**
 * Finds what the names of a step stand for although it failed, as the steps after it use them.
 *
 * @returns the bindings with those that the step would make if its expectation were updated to what it did
 */
export function bindFailedStep(
  step: Step,
  outcome: StepOutcome,
  rules: ComparisonRules,
  bindings: Bindings,
): Bindings {
  if (!outcome.actual) return bindings;
  const expected = readExpectation(updateStep(step, rules, [{ outcome, before: bindings }]), () => {});
  return compareStep({ ...step, expected }, outcome.actual, rules, bindings).bindings;
}
