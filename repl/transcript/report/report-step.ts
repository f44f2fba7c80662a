import { Chalk } from 'chalk';
import type { Failure, StepOutcome } from '../outcome.ts';
import type { Bindings } from '../parse/pattern.ts';
import type { Block, Step } from '../transcript.ts';
import { locationOf } from './file-result.ts';
import type { ReportStyle } from './reporter.ts';
import { showDifference } from './show-difference.ts';

/**
 * Tells how a step failed.
 *
 * @param same its outcomes on other databases where it failed in the same way
 */
export function reportStep(
  path: string,
  step: Step,
  block: Block,
  outcome: StepOutcome,
  style: ReportStyle,
  same: readonly StepOutcome[] = [],
): string {
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const { failures, bindings, actual } = outcome;
  const databases = [outcome, ...same].map(({ database }) => database).join(', ');
  const bound = new Map(Object.entries(bindings));
  const names = Object.entries(bindings).map(([name, value]) => `${name} = ${value}`);
  const sql = failures.some(({ kind }) => kind === 'sql') ? [] : (actual?.sql ?? []);
  return [
    chalk.bold(chalk.red(locationOf(path, step, block, databases))),
    ...typedLines(step),
    ...failures.flatMap(failure => reportFailure(failure, bound, style)).map(indent),
    ...(actual?.trace ?? []).map(indent),
    ...(names.length > 0 ? [indent(chalk.dim(`with ${names.join(', ')}`))] : []),
    ...(sql.length > 0
      ? [indent(chalk.dim('SQL of this step:')), ...sql.map(text => indent(chalk.dim(`  ${text}`)))]
      : []),
    indent(
      chalk.dim(
        `mikroscope check --db ${outcome.database} --shell-at ${path}:${step.line} opens the shell before this step.`,
      ),
    ),
  ].join('\n');
}

function reportFailure(failure: Failure, bindings: Bindings, { color }: ReportStyle): string[] {
  switch (failure.kind) {
    case 'output':
      return showDifference(failure.expected, failure.actual, bindings, color);
    case 'threw':
      return [
        'It threw unexpectedly; the steps after it do not run.',
        ...showDifference(failure.expected, failure.actual, bindings, color),
      ];
    case 'sql':
      return [
        'The SQL differs from what is written:',
        ...showDifference(failure.expected, failure.actual, bindings, color),
      ];
    case 'queries':
      return [
        `It ran ${failure.actual} ${failure.actual === '1' ? 'query' : 'queries'} instead of ${failure.expected}.`,
      ];
    case 'pending':
      return showDifference(
        [`pending: ${failure.expected}`],
        [`pending: ${failure.actual}`],
        bindings,
        color,
      );
    case 'timeout':
      if (failure.ofFile)
        return [
          `The file's ${failure.milliseconds / 1000} s were over; the steps after it do not run. file-timeout: 60m in its front matter allows more.`,
        ];
      return [
        `It did not end within ${failure.milliseconds / 1000} s; the steps after it do not run. {timeout=60s} on its fence allows more.`,
      ];
    case 'left':
      return [
        `${failure.signal === undefined ? 'It left the shell' : `Its process was ended by ${failure.signal}`}; the steps after it do not run.`,
      ];
  }
}

/** A statement as it is typed at the prompt. */
export function typedLines({ typed }: Step): string[] {
  return typed
    .split('\n')
    .map((line, index) => `${index === 0 ? '> ' : '... '}${line}`)
    .map(indent);
}

export function indent(line: string): string {
  return `  ${line}`.trimEnd();
}
