// The numbers in the names are those of docs/transcripts.md.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sums = `# Sums

\`\`\`repl
> 1 + 1
2
> 2 + 2
5
> throw new Error('so')
> 3
3
\`\`\`

\`\`\`repl {only=postgresql}
> 4
4
\`\`\`
`;

/** No server is there. */
const unreachable = '---\ndatabases: [postgresql]\n---\n```repl\n> 1\n1\n> 2\n2\n```\n';

const require = createRequire(import.meta.url);
const source = (name: string) => new URL(`../../../repl/test-runners/${name}`, import.meta.url);
const transform = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
].map(part => (typeof part === 'string' ? require.resolve(part) : part));

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'mikroscope-'));
});

afterEach(() => rm(cwd, { recursive: true }));

async function outputOf(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, args, { cwd, env: { PATH: process.env['PATH'], ...env } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise(resolve => child.on('close', resolve));
  return { code, printed };
}

const write = (name: string, text: string) => writeFile(join(cwd, name), text);

describe('node:test', () => {
  const runTests = async (env?: Readonly<Record<string, string>>) => {
    await write(
      'all.test.mjs',
      `import { transcripts } from '${source('node-test.ts').href}';\ntranscripts('*.md');\n`,
    );
    const result = await outputOf(['--test', '--test-reporter=tap', 'all.test.mjs'], env);
    return { ...result, steps: result.printed.match(/(?:not )?ok \d+ - line .*/g) };
  };

  it('16: has a test for every step, which fails with its place and its difference, or is skipped', async () => {
    await write('sums.md', sums);
    const { code, printed, steps } = await runTests();
    expect(code).toBe(1);
    expect(steps).toEqual([
      'ok 1 - line 4: 1 + 1',
      'not ok 2 - line 6: 2 + 2',
      "not ok 3 - line 8: throw new Error('so')",
      'ok 4 - line 9: 3 # SKIP not run, because an earlier step failed',
      'ok 5 - line 14: 4 # SKIP',
    ]);
    expect(printed).toContain('sums.md:6 [sqlite] › Sums');
    expect(printed).toMatch(/- 5\n\s+\+ 4/);
  });

  it('16: fails each step of a file that could not run, with the reason', async () => {
    await write('far.md', unreachable);
    const { printed, steps } = await runTests({ TEST_POSTGRES_URL: 'postgresql://me@localhost:1/no' });
    expect(steps).toEqual(['not ok 1 - line 5: 1', 'not ok 2 - line 7: 2']);
    expect(printed.match(/far\.md:1 \[postgresql\]: .*localhost:1/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('16: waits for no run that has ended', async () => {
    await write('sums.md', sums);
    await write('leave.mjs', "if (process.argv.includes('events')) process.exit(9);");
    const { printed, steps } = await runTests({ NODE_OPTIONS: '--import ./leave.mjs' });
    expect(steps?.filter(step => step.startsWith('not ok'))).toHaveLength(4);
    expect(printed).toContain('mikroscope check ended before this step.');
  });
});

it('16: jest has a test for every step, and those that were not run are skipped', async () => {
  await write('sums.md', sums);
  await write('far.md', unreachable);
  await write('package.json', '{}');
  await write(
    'all.test.js',
    `const { transcripts } = require('${source('jest.cts').pathname}');\ntranscripts('*.md');\n`,
  );
  await write(
    'jest.config.json',
    JSON.stringify({ transform: { '\\.cts$': transform }, moduleFileExtensions: ['js', 'cts', 'ts'] }),
  );
  const jest = join(require.resolve('jest/package.json'), '../bin/jest.js');
  const { printed } = await outputOf([jest, '--json', '--outputFile=out.json', '--no-watchman'], {
    TEST_POSTGRES_URL: 'postgresql://me@localhost:1/no',
  });
  const { testResults } = require(join(cwd, 'out.json')) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect({ printed, tests: tests.map(({ title, status }) => `${status} ${title}`) }).toEqual({
    printed: expect.any(String),
    tests: [
      'failed line 5: 1',
      'failed line 7: 2',
      'passed line 4: 1 + 1',
      'failed line 6: 2 + 2',
      "failed line 8: throw new Error('so')",
      'pending line 9: 3',
      'pending line 14: 4',
    ],
  });
  expect(tests[1]?.failureMessages.join('')).toMatch(/far\.md:1 \[postgresql\]: .*localhost:1/);
});
