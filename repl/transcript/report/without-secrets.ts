import { maskPassword } from '../../../src/index.ts';
import { regularExpression } from '../parse/regular-expression.ts';
import type { Redactions } from '../parse/redactions.ts';
import type { StepOutcome } from '../outcome.ts';
import type { Transcript } from '../transcript.ts';
import type { FileResult } from './file-result.ts';
import type { Reporter } from './reporter.ts';

/** What is shorter may be in any text by coincidence. */
const shortestRedacted = 8;

const TOKENS = /\b(Bearer|Basic) [\w+/.=-]{8,}/g;

/** What a statement gives to something that is called a password, or a secret. */
const GIVEN =
  /((?:passw\w*|passphrase|pwd|secret|token|api_?key)(?:['"`]?\s*[:=]\s*|\s+)|identified\s+by\s*)(['"`])(?:(?!\2).)*\2/gi;

/**
 * A reporter that is told no secrets: passwords in URLs and tokens are masked, and what the file's own redactions stand for
 * has their names.
 */
export function withoutSecrets(reporter: Reporter): Reporter {
  const { stepEnded, fileEnded, runEnded } = reporter;
  return {
    showsProgress: reporter.showsProgress,
    ...(stepEnded && {
      stepEnded: (transcript, outcome) =>
        stepEnded(withoutTyped(transcript), masked(outcome, transcript.redact)),
    }),
    ...(fileEnded && { fileEnded: (result, style) => fileEnded(maskedResult(result), style) }),
    ...(runEnded && {
      runEnded: (results, milliseconds) => runEnded(results.map(maskedResult), milliseconds),
    }),
  };
}

function maskedResult({ transcript, outcomes, differences, ...rest }: FileResult): FileResult {
  const { redact } = transcript;
  return {
    transcript: withoutTyped(transcript),
    outcomes: outcomes.map(outcome => ({
      ...outcome,
      ...(outcome.error !== undefined && { error: mask(outcome.error, redact) }),
      steps: outcome.steps.map(step => masked(step, redact)),
    })),
    differences: differences.map(({ line, outcomes: differing }) => ({
      line,
      outcomes: differing.map(step => masked(step, redact)),
    })),
    ...rest,
  };
}

function withoutTyped(transcript: Transcript): Transcript {
  const blocks = transcript.blocks.map(block => ({
    ...block,
    steps: block.steps.map(step => ({ ...step, typed: mask(step.typed).replace(GIVEN, '$1$2***$2') })),
  }));
  return { ...transcript, blocks };
}

function masked(outcome: StepOutcome, redact?: Redactions): StepOutcome {
  const { failures, actual, bindings } = outcome;
  return {
    ...outcome,
    failures: maskAll(failures, redact),
    ...(actual && { actual: maskAll(actual, redact) }),
    bindings: maskAll(bindings, redact),
  };
}

/** Masks every text in plain data. */
function maskAll<T>(value: T, redact: Redactions | undefined): T {
  if (typeof value === 'string') return mask(value, redact) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => maskAll(each, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, maskAll<unknown>(each, redact)]),
  ) as T;
}

function mask(text: string, redact: Redactions = {}): string {
  const plain = maskPassword(text).replace(TOKENS, '$1 ***');
  return Object.entries(redact).reduce((said, [name, source]) => named(said, name, source), plain);
}

/** A text in which the name of a redaction stands for each of its longest matches. */
function named(text: string, name: string, source: string): string {
  const expression = regularExpression(source);
  let said = '';
  for (let at = 0; at < text.length;) {
    const end = expression.endsFrom(text, at).at(-1) ?? at;
    const isSecret = end - at >= shortestRedacted;
    said += isSecret ? `<${name}>` : text.charAt(at);
    at = isSecret ? end : at + 1;
  }
  return said;
}
