import { compareStep } from '../../../repl/transcript/compare/compare-step.ts';
import type { Actual, FileOutcome, StepOutcome } from '../../../repl/transcript/outcome.ts';
import { parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import { bindFailedStep } from '../../../repl/transcript/update/bind-failed-step.ts';
import type { Bindings } from '../../../repl/transcript/parse/pattern.ts';
import { stepsOf, type Transcript } from '../../../repl/transcript/transcript.ts';

export const silent: Actual = { output: [], sql: [], queries: 0, pending: 'nothing' };

/** What comes of a file whose steps do these things, without a shell that does them. */
export function playActuals(transcript: Transcript, actuals: readonly Actual[]): FileOutcome {
  let bindings: Bindings = new Map();
  const steps = stepsOf(transcript).map(({ step, block }, index): StepOutcome => {
    const actual = actuals[index] ?? silent;
    const rules = { ...block, database: 'sqlite' } as const;
    const verdict = compareStep(step, actual, rules, bindings);
    const outcome = {
      database: 'sqlite',
      line: step.line,
      actual,
      failures: verdict.failures,
      bindings: Object.fromEntries(verdict.bindings),
      milliseconds: 0,
    } as const;
    const passed = verdict.failures.length === 0;
    bindings = passed
      ? verdict.bindings
      : bindFailedStep(step, { ...outcome, status: 'failed' }, rules, bindings);
    return { ...outcome, status: passed ? 'passed' : 'failed', bindings: Object.fromEntries(bindings) };
  });
  return { database: 'sqlite', steps, milliseconds: 0 };
}

/** Whether a file has no problems, and passes with what its steps did. */
export function passes(text: string, actuals: readonly Actual[]): boolean {
  const transcript = parseTranscript('a.md', text);
  return (
    transcript.problems.length === 0 &&
    stepsOf(transcript).length === actuals.length &&
    playActuals(transcript, actuals).steps.every(({ status }) => status === 'passed')
  );
}
