import type { FileOutcome, StepOutcome } from '../outcome.ts';
import { type Block, type Step, stepsOf, type Transcript } from '../transcript.ts';
import { type FileResult, locationOf } from './file-result.ts';
import { reportStep } from './report-step.ts';
import type { Reporter } from './reporter.ts';

/** Prints the run as JUnit's XML, which every CI can show: a suite for each file and database, a case for each step. */
export const junit: Reporter = {
  showsProgress: false,
  runEnded: results =>
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="mikroscope">',
      ...results.flatMap(result => [
        ...problemSuite(result),
        ...result.outcomes.map(outcome => databaseSuite(result.transcript, outcome)),
        ...differenceSuite(result),
      ]),
      '</testsuites>',
    ].join('\n'),
};

function problemSuite({ transcript: { path, problems } }: FileResult): string[] {
  if (problems.length === 0) return [];
  const cases = problems.map(({ line, message }) =>
    testCase({ classname: path, name: `line ${line}`, file: path, line }, element('error', { message })),
  );
  return [testSuite({ name: path, tests: problems.length, errors: problems.length }, cases)];
}

function databaseSuite(
  transcript: Transcript,
  { database, steps, error, milliseconds }: FileOutcome,
): string {
  const name = `${transcript.path} [${database}]`;
  const count = (status: StepOutcome['status']) => steps.filter(step => step.status === status).length;
  const cases = stepsOf(transcript).flatMap(({ step, block }, index) => {
    const outcome = steps[index];
    return outcome ? [stepCase(transcript.path, name, step, block, outcome)] : [];
  });
  const errors =
    error === undefined
      ? []
      : [testCase({ classname: name, name: database }, element('error', { message: error }))];
  return testSuite(
    {
      name,
      tests: steps.length + errors.length,
      failures: count('failed'),
      errors: errors.length,
      skipped: count('skipped') + count('not run'),
      time: seconds(milliseconds),
    },
    [...cases, ...errors],
  );
}

function stepCase(path: string, classname: string, step: Step, block: Block, outcome: StepOutcome): string {
  const { database, status, milliseconds } = outcome;
  const attributes = {
    classname,
    name: `line ${step.line}: ${step.typed}`,
    file: path,
    line: step.line,
    time: seconds(milliseconds),
  };
  switch (status) {
    case 'passed':
      return testCase(attributes);
    case 'failed':
      return testCase(
        attributes,
        element(
          'failure',
          { message: locationOf(path, step, block, database) },
          escape(reportStep(path, step, block, outcome, { color: false })),
        ),
      );
    case 'skipped':
      return testCase(
        attributes,
        element('skipped', { message: block.skip ?? `only ${block.only?.join(', ')}` }),
      );
    case 'not run':
      return testCase(attributes, element('skipped', { message: 'not run: an earlier step failed' }));
  }
}

function differenceSuite({ transcript: { path }, differences }: FileResult): string[] {
  if (differences.length === 0) return [];
  const name = `${path} [databases compared]`;
  const cases = differences.map(({ line, outcomes }) => {
    const outputs = outcomes.map(({ database, actual }) =>
      [`[${database}]`, actual?.output.join('\n') ?? ''].join('\n'),
    );
    return testCase(
      { classname: name, name: `line ${line}`, file: path, line },
      element('failure', { message: 'The databases differ' }, escape(outputs.join('\n'))),
    );
  });
  return [testSuite({ name, tests: differences.length, failures: differences.length }, cases)];
}

type Attributes = Readonly<Record<string, string | number>>;

function testSuite(attributes: Attributes, cases: readonly string[]): string {
  return element('testsuite', attributes, ['', ...cases, ''].join('\n'));
}

function testCase(attributes: Attributes, result?: string): string {
  return element('testcase', attributes, result);
}

/** @param content escaped text, or elements */
function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  const open = `<${name}${written.join('')}`;
  return content === undefined ? `${open}/>` : `${open}>${content}</${name}>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Escapes text for XML and removes the characters that XML cannot contain. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"\n]/g, character => entities[character] ?? '');
}
