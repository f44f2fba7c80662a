import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const transcript = `# Sums

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

it('makes a node:test test of every step, which fails with its place and its difference', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-'));
  const runner = new URL('../../../repl/test-runners/node-test.ts', import.meta.url).href;
  await writeFile(join(folder, 'sums.md'), transcript);
  await writeFile(
    join(folder, 'sums.test.mjs'),
    `import { transcripts } from '${runner}';\ntranscripts('*.md');\n`,
  );
  const child = spawn(process.execPath, ['--test', '--test-reporter=tap', 'sums.test.mjs'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise(resolve => child.on('close', resolve));
  await rm(folder, { recursive: true });
  expect(code).toBe(1);
  expect(printed.match(/(?:not )?ok \d+ - line .*/g)).toEqual([
    'ok 1 - line 4: 1 + 1',
    'not ok 2 - line 6: 2 + 2',
    "not ok 3 - line 8: throw new Error('so')",
    'not ok 4 - line 9: 3',
    'ok 5 - line 14: 4 # SKIP',
  ]);
  expect(printed).toContain('sums.md:6 [sqlite] › Sums');
  expect(printed).toMatch(/- 5\n\s+\+ 4/);
  expect(printed).toContain('Not run, because an earlier step failed.');
});
