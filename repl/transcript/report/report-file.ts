import { Chalk } from 'chalk';
import type { Difference } from '../compare/find-differences.ts';
import { expectedSql } from '../compare/compare-step.ts';
import { withoutStack } from '../compare/without-stack.ts';
import type { StepOutcome } from '../outcome.ts';
import { type Block, type Step, stepsOf } from '../transcript.ts';
import type { Update } from '../update/update-transcript.ts';
import { type FileResult, locationOf } from './file-result.ts';
import { indent, reportStep, typedLines } from './report-step.ts';
import type { ReportStyle } from './reporter.ts';
import { showDifference } from './show-difference.ts';

/** Tells what failed in a file, or how it was updated; empty if nothing did. */
export function reportFile(result: FileResult, style: ReportStyle): string {
  const { transcript, outcomes, update } = result;
  const { path, problems } = transcript;
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const parts = problems.map(({ line, message }) => `${chalk.red(`${path}:${line}`)}: ${message}`);
  for (const { database, error } of outcomes)
    if (error !== undefined) parts.push(`${chalk.red(`${path}:1 [${database}]`)}: ${error}`);
  parts.push(...(update ? reportUpdate(path, update, style) : reportSteps(result, style)));
  return parts.join('\n\n');
}

function reportSteps({ transcript, outcomes, differences }: FileResult, style: ReportStyle): string[] {
  const { path } = transcript;
  const differing = new Map(differences.map(difference => [difference.line, difference]));
  return stepsOf(transcript).flatMap(({ step, block }) => {
    const difference = differing.get(step.line);
    if (difference) return [reportDifference(path, step, block, difference, style)];
    const failed = outcomes
      .flatMap(({ steps }) => steps)
      .filter(({ line, status }) => line === step.line && status === 'failed');
    // What fails in the same way on several databases is reported once.
    return [...Map.groupBy(failed, howItFailed).values()].flatMap(([first, ...same]) =>
      first ? [reportStep(path, step, block, first, style, same)] : [],
    );
  });
}

function howItFailed({ failures, bindings, actual }: StepOutcome): string {
  return JSON.stringify([failures, bindings, actual?.sql]);
}

/** One failure for all databases of a file, which disagree. */
function reportDifference(
  path: string,
  step: Step,
  block: Block,
  { outcomes }: Difference,
  style: ReportStyle,
): string {
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const [first, ...others] = outcomes;
  const expected = comparedLines(first, step);
  const lines = others.flatMap(other => {
    const actual = comparedLines(other, step);
    return JSON.stringify(expected) === JSON.stringify(actual)
      ? []
      : [
          `${chalk.red(`- ${first?.database ?? ''}`)}  ${chalk.green(`+ ${other.database}`)}`,
          ...showDifference(expected, actual, new Map(), style.color),
        ];
  });
  const statuses = outcomes.map(({ database, status }) => `${database} ${status}`).join(', ');
  return [
    chalk.bold(chalk.red(locationOf(path, step, block))),
    ...typedLines(step),
    indent(`The databases differ (${statuses}):`),
    ...lines.map(indent),
  ].join('\n');
}

/** What is compared between databases, as lines. */
function comparedLines(outcome: StepOutcome | undefined, { expected }: Step): string[] {
  const { actual } = outcome ?? {};
  if (!outcome || !actual) return [];
  return [
    ...withoutStack(actual.output),
    ...(expectedSql(expected.sql, outcome.database) ? actual.sql.map(text => `sql: ${text}`) : []),
    ...(expected.queries ? [`queries: ${actual.queries}`] : []),
    ...(expected.pending === undefined ? [] : [`pending: ${actual.pending}`]),
  ];
}

function reportUpdate(path: string, { diff, refused }: Update, { color }: ReportStyle): string[] {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint = (line: string) =>
    line.startsWith('+') ? chalk.green(line) : line.startsWith('-') ? chalk.red(line) : line;
  return [
    ...(diff.length > 0 ? [[chalk.bold(`${path} updated`), ...diff.map(paint)].join('\n')] : []),
    ...refused.map(({ line, message }) => `${chalk.red(`${path}:${line}`)}: not updated. ${message}`),
  ];
}
