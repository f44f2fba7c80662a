import { Chalk } from 'chalk';
import type { Difference } from '../run/compare-databases.ts';
import { expectedSql, withoutStack } from '../run/compare-step.ts';
import type { Failure, StepOutcome } from '../run/outcome.ts';
import type { Bindings } from '../parse/pattern.ts';
import type { Block, Step } from '../transcript.ts';
import { showDifference } from './difference.ts';
import { countSteps, type FileResult, placeOf, stepsOf } from './result.ts';

/** How a report looks. */
export interface ReportStyle {
  readonly color: boolean;
}

/** What there is to say about a file; empty when all is well. */
export function reportFile(result: FileResult, style: ReportStyle): string {
  const { transcript, outcomes, differences, update } = result;
  const { path, problems } = transcript;
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const parts = problems.map(({ line, message }) => `${chalk.red(`${path}:${line}`)}: ${message}`);
  for (const { database, error } of outcomes)
    if (error !== undefined) parts.push(`${chalk.red(`${path}:1 [${database}]`)}: ${error}`);
  if (update) return [...parts, ...reportUpdate(path, update, style)].join('\n\n');
  const differing = new Map(differences.map(difference => [difference.line, difference]));
  for (const { step, block } of stepsOf(transcript)) {
    const difference = differing.get(step.line);
    if (difference) parts.push(reportDifference(path, step, block, difference, style));
    else {
      const failed = outcomes
        .flatMap(({ steps }) => steps)
        .filter(({ line, status }) => line === step.line && status === 'failed');
      // What fails in the same way on several databases is told once.
      for (const [one, ...others] of Map.groupBy(failed, whatHappened).values())
        if (one) parts.push(reportStep(path, step, block, one, style, others));
    }
  }
  return parts.join('\n\n');
}

function whatHappened({ failures, bindings, actual }: StepOutcome): string {
  return JSON.stringify([failures, bindings, actual?.sql]);
}

/**
 * How a step failed, for a person who wants to mend it.
 *
 * @param same what came of it on other databases, which is the same
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
    chalk.bold(chalk.red(placeOf(path, step, block, databases))),
    ...typed(step),
    ...failures.flatMap(failure => reportFailure(failure, bound, style)).map(indent),
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
        'It threw, which is not expected; the steps after it do not run.',
        ...showDifference(failure.expected, failure.actual, bindings, color),
      ];
    case 'sql':
      return [
        'The SQL is not what is written:',
        ...showDifference(failure.expected, failure.actual, bindings, color),
      ];
    case 'queries':
      return [
        `It ran ${failure.actual} ${failure.actual === '1' ? 'query' : 'queries'}; written is ${failure.expected}.`,
      ];
    case 'pending':
      return showDifference(
        [`pending: ${failure.expected}`],
        [`pending: ${failure.actual}`],
        bindings,
        color,
      );
    case 'timeout':
      return [
        `It did not end within ${failure.milliseconds / 1000} s; the steps after it do not run. A block may say {timeout=60s}.`,
      ];
    case 'left':
      return ['It left the shell; the steps after it do not run.'];
  }
}

/** One failure for all databases of a file: they do not do the same. */
function reportDifference(
  path: string,
  step: Step,
  block: Block,
  { outcomes }: Difference,
  style: ReportStyle,
): string {
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const [first, ...others] = outcomes;
  const lines = others
    .filter(other => JSON.stringify(shownOf(first, step)) !== JSON.stringify(shownOf(other, step)))
    .flatMap(other => [
      `${chalk.red(`- ${first?.database ?? ''}`)}  ${chalk.green(`+ ${other.database}`)}`,
      ...showDifference(shownOf(first, step), shownOf(other, step), new Map(), style.color),
    ]);
  const verdicts = outcomes.map(({ database, status }) => `${database} ${status}`).join(', ');
  return [
    chalk.bold(chalk.red(placeOf(path, step, block))),
    ...typed(step),
    indent(`The databases differ (${verdicts}):`),
    ...lines.map(indent),
  ].join('\n');
}

/** What is compared between databases, as lines. */
function shownOf(outcome: StepOutcome | undefined, { expected }: Step): string[] {
  const { actual } = outcome ?? {};
  if (!outcome || !actual) return [];
  return [
    ...withoutStack(actual.output),
    ...(expectedSql(expected.sql, outcome.database) ? actual.sql.map(text => `sql: ${text}`) : []),
    ...(expected.queries ? [`queries: ${actual.queries}`] : []),
    ...(expected.pending === undefined ? [] : [`pending: ${actual.pending}`]),
  ];
}

function reportUpdate(
  path: string,
  { diff, refused }: NonNullable<FileResult['update']>,
  { color }: ReportStyle,
): string[] {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint = (line: string) =>
    line.startsWith('+') ? chalk.green(line) : line.startsWith('-') ? chalk.red(line) : line;
  return [
    ...(diff.length > 0 ? [[chalk.bold(`${path} updated`), ...diff.map(paint)].join('\n')] : []),
    ...refused.map(({ line, message }) => `${chalk.red(`${path}:${line}`)}: not updated. ${message}`),
  ];
}

/** `12 steps in 3 files: 11 passed, 1 failed (1.2 s)` */
export function reportSummary(results: readonly FileResult[], milliseconds: number): string {
  const counts = countSteps(results);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  const broken = results.filter(
    ({ transcript, outcomes }) => transcript.problems.length > 0 || outcomes.some(({ error }) => error),
  ).length;
  const differences = results.reduce((sum, result) => sum + result.differences.length, 0);
  if (differences > 0) parts.push(`${differences} different between databases`);
  if (broken > 0) parts.push(`${broken} ${broken === 1 ? 'file' : 'files'} could not run`);
  const files = `${results.length} ${results.length === 1 ? 'file' : 'files'}`;
  return `${total} ${total === 1 ? 'step' : 'steps'} in ${files}: ${parts.join(', ') || 'nothing to run'} (${(milliseconds / 1000).toFixed(1)} s)`;
}

function typed({ typed: text }: Step): string[] {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? '> ' : '... '}${line}`)
    .map(indent);
}

function indent(line: string): string {
  return `  ${line}`.trimEnd();
}
