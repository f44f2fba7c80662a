// The numbers in the names are those of docs/transcripts.md.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installed, Projects } from '../../support/projects.ts';

let projects: Projects;
let installed: Installed;

beforeAll(async () => {
  projects = await Projects.pack();
  installed = await projects.install('vitest');
});

afterAll(() => projects.remove());

it.each(['forks', 'threads', 'vmForks', 'vmThreads'])('16: vitest has a test for every step, in %s', pool => {
  const { folder } = installed;
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', `--pool=${pool}`, '--reporter=json', `--outputFile=${pool}.json`];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  expect(stderr).toBe('');
  const { testResults } = JSON.parse(readFileSync(join(folder, `${pool}.json`), 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect({ stdout, tests: tests.map(({ title, status }) => `${status} ${title}`) }).toEqual({
    stdout: expect.any(String),
    tests: [
      'passed line 4: 1 + 1',
      'failed line 6: 2 + 2',
      "failed line 8: throw new Error('so')",
      'skipped line 9: 3',
      'skipped line 14: 4',
    ],
  });
  expect(tests[1]?.failureMessages.join('')).toContain('sums.repl.md:6 [sqlite] › Sums');
});
