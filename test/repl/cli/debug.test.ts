import { describe, expect, it } from '@jest/globals';
import { run } from '../../support/program.ts';
import { openProgram } from '../../support/terminal.ts';
import { writeProject } from '../../support/written-project.ts';

const main = new URL('../../../repl/main.ts', import.meta.url).pathname;
const env = { MIKROSCOPE_DEBUG: '1' };
/** A place in this program. */
const ownPlace = /^ +at .*\/(repl|src)\/[\w/-]+\.ts:\d+/m;

describe('MIKROSCOPE_DEBUG=1', () => {
  it('prints the whole stack and the causes of an error in a script', async () => {
    const args = ['--db', 'sqlite::memory:', '-e', "throw new Error('one', { cause: new TypeError('two') })"];
    const { stderr, code } = await run({ args, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Uncaught Error: one\n +at .*prompt:1[^]*\nCaused by: TypeError: two\n +at .*prompt:1/,
    );
    expect(stderr).toMatch(ownPlace);
    expect(await run({ args })).toMatchObject({ stderr: 'Uncaught Error: one\nCaused by: TypeError: two\n' });
  });

  it('prints more than the ten frames of V8', async () => {
    const code = "function deep(n) { if (n === 0) throw new Error('deep'); deep(n - 1); } deep(20)";
    const { stderr } = await run({ args: ['--db', 'sqlite::memory:', '-e', code], env });
    expect(stderr.match(/ at deep /g)).toHaveLength(21);
  });

  it('prints those of a database that does not open, of a project that does not load, and of wrong arguments', async () => {
    const closed = await run({ args: ['--db', 'postgresql://me:hunter2@localhost:1/no', '-e', '1'], env });
    expect(closed.stderr).toMatch(/^.*localhost:1[^]*\nCaused by: /);
    expect(closed.stderr).toMatch(ownPlace);
    expect(closed.stderr).not.toContain('hunter2');
    const cwd = await writeProject({ 'mikro-orm.config.js': "throw new TypeError('mine');" });
    const broken = await run({ args: ['-e', '1'], cwd, env });
    expect(broken.stderr).toMatch(/^mikro-orm\.config\.js does not load: [^]*\nCaused by: TypeError: mine\n/);
    expect(broken.stderr).toMatch(ownPlace);
    const { stderr } = await run({ args: ['--nope'], env });
    expect(stderr).toMatch(/^There is no option --nope\n.*--help[^]*node:internal/);
    expect(stderr.match(/There is no option --nope/g)).toHaveLength(1);
  });

  it('prints those of a startup file, and of a step of a transcript, which is compared as always', async () => {
    const cwd = await writeProject({
      'package.json': {},
      '.mikroscoperc.mjs': "throw new TypeError('mine');",
      'walk.repl.md':
        "```repl\n> throw new Error('expected')\nUncaught Error: expected\n> throw new Error('not')\n```\n",
    });
    expect((await run({ args: ['-e', '1'], cwd, env })).stderr).toMatch(/Caused by: TypeError: mine\n/);
    const { stdout, code } = await run({ args: ['check', 'walk.repl.md'], cwd, env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringMatching(/1 passed, 1 failed/) });
    expect(stdout).toMatch(ownPlace);
    expect((await run({ args: ['check', 'walk.repl.md'], cwd })).stdout).not.toMatch(ownPlace);
  });

  it('prints them at the prompt', async () => {
    const terminal = await openProgram('env', [
      'MIKROSCOPE_DEBUG=1',
      process.execPath,
      main,
      '--db',
      'sqlite::memory:',
    ]);
    try {
      await terminal.shows('> ');
      terminal.press("throw new Error('one', { cause: 'two' })\r");
      const screen = await terminal.shows("Caused by: 'two'");
      expect(screen).toMatch(/Uncaught Error: one\r\n +at .*prompt:1/);
    } finally {
      await terminal.close();
    }
  });
});
