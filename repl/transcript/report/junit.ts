import { reportStep } from './pretty.ts';
import { type FileResult, placeOf, stepsOf } from './result.ts';

/** The whole run as JUnit's XML, which every CI can show: a suite for each file and database, a case for each step. */
export function reportJunit(results: readonly FileResult[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="mikroscope">',
    ...results.flatMap(result => [...brokenFile(result), ...suites(result), ...differing(result)]),
    '</testsuites>',
  ].join('\n');
}

function brokenFile({ transcript: { path, problems } }: FileResult): string[] {
  if (problems.length === 0) return [];
  return [
    `  <testsuite name="${escape(path)}" tests="${problems.length}" errors="${problems.length}">`,
    ...problems.flatMap(({ line, message }) => [
      `    <testcase classname="${escape(path)}" name="line ${line}" file="${escape(path)}" line="${line}">`,
      `      <error message="${escape(message)}"/>`,
      '    </testcase>',
    ]),
    '  </testsuite>',
  ];
}

function suites({ transcript, outcomes }: FileResult): string[] {
  const { path } = transcript;
  return outcomes.flatMap(({ database, steps, error, milliseconds }) => {
    const name = `${path} [${database}]`;
    const count = (status: string) => steps.filter(step => step.status === status).length;
    const skipped = count('skipped') + count('not run');
    const cases = stepsOf(transcript).flatMap(({ step, block }, index) => {
      const outcome = steps[index];
      if (!outcome) return [];
      const open = `    <testcase classname="${escape(name)}" name="${escape(`line ${step.line}: ${step.typed}`)}" file="${escape(path)}" line="${step.line}" time="${seconds(outcome.milliseconds)}"`;
      if (outcome.status === 'passed') return [`${open}/>`];
      const body =
        outcome.status === 'failed'
          ? `<failure message="${escape(placeOf(path, step, block, database))}">${escape(reportStep(path, step, block, outcome, { color: false }))}</failure>`
          : `<skipped message="${escape(outcome.status === 'skipped' ? (block.skip ?? `only ${block.only?.join(', ')}`) : 'not run: an earlier step failed')}"/>`;
      return [`${open}>`, `      ${body}`, '    </testcase>'];
    });
    const failed =
      error === undefined
        ? []
        : [
            `    <testcase classname="${escape(name)}" name="${escape(database)}"><error message="${escape(error)}"/></testcase>`,
          ];
    return [
      `  <testsuite name="${escape(name)}" tests="${steps.length + failed.length}" failures="${count('failed')}" errors="${failed.length}" skipped="${skipped}" time="${seconds(milliseconds)}">`,
      ...cases,
      ...failed,
      '  </testsuite>',
    ];
  });
}

function differing({ transcript: { path }, differences }: FileResult): string[] {
  if (differences.length === 0) return [];
  const name = `${path} [databases compared]`;
  return [
    `  <testsuite name="${escape(name)}" tests="${differences.length}" failures="${differences.length}">`,
    ...differences.map(
      ({ line, outcomes }) =>
        `    <testcase classname="${escape(name)}" name="line ${line}" file="${escape(path)}" line="${line}"><failure message="The databases differ">${escape(outcomes.map(({ database, actual }) => `[${database}]\n${actual?.output.join('\n') ?? ''}`).join('\n'))}</failure></testcase>`,
    ),
    '  </testsuite>',
  ];
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

/** Text for XML; what XML cannot hold is left out. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"\n]/g, character => entities[character] ?? '');
}
