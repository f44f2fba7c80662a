import { expect, it } from '@jest/globals';
import { findDifferences } from '../../../repl/transcript/compare/find-differences.ts';
import { parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import { reporterNames, reporters } from '../../../repl/transcript/report/reporters.ts';
import { withoutSecrets } from '../../../repl/transcript/report/without-secrets.ts';
import { playActuals, silent } from './support.ts';

const text = `---
redact: { key: "k-[0-9a-f]+" }
---
\`\`\`repl
> fetch('http://h/', { headers: { Authorization: 'Bearer S3cretToken' } }); connect('postgresql://u:S3cretPW@h/d', { password: 'S3cret' })
ok <key>
> em.execute("alter role x password 'S3cret'")
2
\`\`\`
`;

it.each(reporterNames)('no secret is in what %s says of a step that failed', async name => {
  const transcript = parseTranscript('walk.repl.md', text);
  const output = ['no: postgresql://u:S3cretPW@h/d, Basic S3cretToken, k-5ec4e7beef and k-1'];
  const outcomes = [
    {
      ...playActuals(transcript, [
        { ...silent, output, sql: ["alter role u password 'postgresql://u:S3cretPW@h/d'"], trace: output },
        { ...silent, output: ['2'] },
      ]),
      error: 'postgresql://u:S3cretPW@h/d is gone',
    },
  ];
  const reporter = withoutSecrets(await reporters[name]());
  const result = { transcript, outcomes, differences: findDifferences(transcript, outcomes) };
  const said = [
    ...outcomes.flatMap(({ steps }) => steps.map(step => reporter.stepEnded?.(transcript, step))),
    reporter.fileEnded?.(result, { color: false }),
    reporter.runEnded?.([result], 1),
  ].join('\n');
  expect(said).toContain('://u:***@h/d');
  expect(said).not.toMatch(/S3cret|5ec4e7/);
  expect(said).toMatch(/(?:<|&lt;)key(?:>|&gt;) and k-1/);
});

it.each([
  ["get('password' + 'a')", "get('password' + 'a')"],
  ["get('password') + 'a'", "get('password') + 'a'"],
  ["alter role x password 'S3cret'", "alter role x password '***'"],
  ["identified by'S3cret'", "identified by'***'"],
  ["{ 'password': 'S3cret' }", "{ 'password': '***' }"],
])('of what was typed, a secret alone is masked: %s', async (typed, shown) => {
  const reporter = withoutSecrets(await reporters['json']());
  const transcript = parseTranscript('walk.repl.md', `\`\`\`repl\n> ${typed}\n1\n\`\`\`\n`);
  const outcomes = [playActuals(transcript, [{ ...silent, output: ['1'] }])];
  const result = { transcript, outcomes, differences: [] };
  expect(reporter.runEnded?.([result], 1)).toContain(JSON.stringify(shown));
});
