import { describe, expect, it } from '@jest/globals';
import { findDifferences } from '../../../repl/transcript/compare/find-differences.ts';
import { parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import { json } from '../../../repl/transcript/report/json.ts';
import { junit } from '../../../repl/transcript/report/junit.ts';
import { pretty } from '../../../repl/transcript/report/pretty.ts';
import { reportFile } from '../../../repl/transcript/report/report-file.ts';
import { reporterNames, reporters } from '../../../repl/transcript/report/reporters.ts';
import { exitCodeOf, type FileResult } from '../../../repl/transcript/report/file-result.ts';
import type { Actual } from '../../../repl/transcript/outcome.ts';
import { playActuals, silent } from './support.ts';

const text = `# Users

## Reading

\`\`\`repl {#read}
> user.id
<me:int>
> for (const post of posts) {
...   console.log(post.title)
... }
Blog <me>
Blog 2
queries: 1
> console.log('<&"')
x
\`\`\`
`;

function result(...actuals: readonly Partial<Actual>[]): FileResult {
  const transcript = parseTranscript('walk.repl.md', text);
  const outcomes = [
    playActuals(
      transcript,
      actuals.map(actual => ({ ...silent, ...actual })),
    ),
  ];
  return { transcript, outcomes, differences: findDifferences(transcript, outcomes) };
}

const failing = result(
  { output: ['1'] },
  { output: ['Blog 1', 'Blog 3'], sql: ['select 1', 'select 2'], queries: 2 },
  { output: ['<&"\u0007'] },
);
const passing = result({ output: ['7'] }, { output: ['Blog 7', 'Blog 2'], queries: 1 }, { output: ['x'] });
const broken: FileResult = {
  transcript: parseTranscript('bad.md', '```repl {a="<"}\n> 1\n```\n'),
  outcomes: [],
  differences: [],
};

describe('the report for a person', () => {
  it('says where, what, with which names and SQL, and how to look', () => {
    expect(reportFile(failing, { color: false })).toMatchInlineSnapshot(`
"walk.repl.md:8 [sqlite] › Reading › #read
  > for (const post of posts) {
  ...   console.log(post.title)
  ... }
    Blog <me>
  - Blog 2
  + Blog 3
         ^
  It ran 2 queries instead of 1.
  with me = 1
  SQL of this step:
    select 1
    select 2
  mikroscope check --db sqlite --shell-at walk.repl.md:8 opens the shell before this step.

walk.repl.md:14 [sqlite] › Reading › #read
  > console.log('<&"')
  - x
  + <&"
    ^^^^
  with me = 1
  mikroscope check --db sqlite --shell-at walk.repl.md:14 opens the shell before this step."
`);
  });

  it('is colored at a terminal', () => {
    const colored = reportFile(failing, { color: true });
    expect(colored).toContain('\u001B[31m- Blog 2\u001B[39m\n  \u001B[32m+ Blog 3\u001B[39m');
    // oxlint-disable-next-line no-control-regex
    expect(colored.replaceAll(/\u001B\[\d+m/g, '')).toBe(reportFile(failing, { color: false }));
  });

  it('is silent where all is well', () => {
    expect(reportFile(passing, { color: false })).toBe('');
  });

  it('names what is wrong with a file by line', () => {
    expect(reportFile(broken, { color: false })).toMatch(
      /^bad\.md:1: There is no attribute 'a="<"'; the attributes are /,
    );
  });

  it('ends with the sum', () => {
    expect(pretty.runEnded?.([failing, passing, broken], 1234)).toBe(
      '6 steps in 3 files: 4 passed, 2 failed, 1 file could not run (1.2 s)',
    );
    expect([passing, failing, broken].map(each => exitCodeOf([each]))).toEqual([0, 1, 2]);
    expect(exitCodeOf([failing, broken])).toBe(2);
  });

  it('shows no more of a long output than helps', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`);
    const transcript = parseTranscript('a.md', `\`\`\`repl\n> 1\n${lines.join('\n')}\n\`\`\`\n`);
    const outcomes = [playActuals(transcript, [{ ...silent, output: lines.with(2500, 'other') }])];
    const report = reportFile({ transcript, outcomes, differences: [] }, { color: false });
    expect(report).toContain('- line 2500\n  + other\n');
    expect(report.split('\n').length).toBeLessThan(20);
  });
});

describe('the list of reporters', () => {
  it.each(reporterNames)(
    '%s reports a failing run, and shows progress only if it is for people',
    async name => {
      const reporter = await reporters[name]();
      const [outcome] = failing.outcomes.flatMap(({ steps }) => steps);
      const reports = [
        outcome && reporter.stepEnded?.(failing.transcript, outcome),
        reporter.fileEnded?.(failing, { color: false }),
        reporter.runEnded?.([failing], 1234),
      ];
      expect(reports.join('\n')).toContain('walk.repl.md');
      expect(reporter.showsProgress).toBe(name === 'pretty');
    },
  );
});

describe('JSON', () => {
  it('holds everything that is known', () => {
    expect(JSON.parse(json.runEnded?.([failing, broken], 12) ?? '')).toMatchObject({
      exitCode: 2,
      steps: { passed: 1, failed: 2, skipped: 0, 'not run': 0 },
      files: [
        {
          path: 'walk.repl.md',
          databases: [
            {
              database: 'sqlite',
              steps: [
                { line: 6, typed: 'user.id', status: 'passed', headings: ['Users', 'Reading'], id: 'read' },
                {
                  line: 8,
                  status: 'failed',
                  failures: [{ kind: 'output' }, { kind: 'queries', expected: '1', actual: '2' }],
                },
                { line: 14, status: 'failed' },
              ],
            },
          ],
        },
        { path: 'bad.md', problems: [{ line: 1 }] },
      ],
    });
  });
});

describe('JUnit', () => {
  const xml = junit.runEnded?.([failing, broken, passing], 12) ?? '';

  it('has a suite for each file and a case for each step', () => {
    expect(xml.match(/<testsuite [^>]*>/g)).toEqual([
      expect.stringMatching(/name="walk\.repl\.md \[sqlite\]" tests="3" failures="2" errors="0" skipped="0"/),
      expect.stringMatching(/name="bad\.md" tests="1" errors="1"/),
      expect.stringMatching(/tests="3" failures="0"/),
    ]);
    expect(xml.match(/<testcase /g)).toHaveLength(7);
  });

  it('is well-formed', () => {
    const open: string[] = [];
    const pairs: (readonly [string | undefined, string])[] = [];
    const rest = xml.replaceAll(
      /<\?xml [^>]*\?>|<(\/?)(\w+)((?:\s+\w+="[^"<]*")*)\s*(\/?)>/g,
      (_, end: string, name: string, _attributes, empty: string) => {
        if (end) pairs.push([open.pop(), name]);
        else if (name && !empty) open.push(name);
        return '';
      },
    );
    expect(open).toEqual([]);
    expect(pairs.filter(([one, other]) => one !== other)).toEqual([]);
    expect(rest).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot|#\d+);)/);
    // oxlint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/[\u0000-\u0008]/);
  });
});
