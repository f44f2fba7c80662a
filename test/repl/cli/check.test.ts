import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openSession } from '../../../src/index.ts';
import { run, type Run } from '../../support/program.ts';
import { writeProject } from '../../support/written-project.ts';

const server = { TEST_POSTGRES_URL: process.env['TEST_POSTGRES_URL'] ?? '' };
let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'mikroscope-'));
});

afterAll(() => rm(cwd, { recursive: true }));

const repl = (...lines: readonly string[]) => ['```repl', ...lines, '```', ''].join('\n');

async function check(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(cwd, name), text)));
  return run({ args: ['check', ...args, ...Object.keys(files)], cwd, env: { ...server, ...env } });
}

/** A file for each statement that leaves something, and two more. Each looks for all of it first, whatever process plays it. */
function filesWith(leaves: readonly string[], finds: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...leaves, '0', '0'].map((typed, index) => [`leaves-${index}.md`, repl(...finds, `> ${typed}`, '0')]),
  );
}

interface Report {
  readonly exitCode: number;
  readonly files: readonly {
    readonly path: string;
    readonly problems: readonly { readonly line: number }[];
    readonly differences: readonly { readonly line: number }[];
    readonly databases: readonly {
      readonly database: string;
      readonly error?: string;
      readonly steps: readonly {
        readonly status: string;
        readonly failures: readonly { readonly kind: string }[];
      }[];
    }[];
  }[];
}

/** What became of each step: how it failed, or its status. */
async function statuses(files: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const { stdout } = await check(files, ['--reporter', 'json', ...args]);
  const report = JSON.parse(stdout) as Report;
  return Object.fromEntries(
    report.files.map(({ path, databases }) => [
      path,
      databases.flatMap(({ steps }) =>
        steps.map(({ status, failures }) => failures.map(({ kind }) => kind).join(' ') || status),
      ),
    ]),
  );
}

describe('steps', () => {
  it('plays on past messages that are sent by typed code', async () => {
    const sends = ["'hi'", "{ kind: 'begin' }", "{ kind: 'end', spent: false }"];
    const text = repl(...sends.flatMap(message => [`> process.send(${message})`, 'true']), '> 1 + 1', '2');
    expect(await check({ 'sends.repl.md': text })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('4 passed'),
    });
  });

  it('go on after a mismatch, and end with a throw, a timeout and the process', async () => {
    expect(
      await statuses(
        {
          'mismatch.md': repl('> 1', '2', '> <me:int>'.slice(2), '> 3', '3'),
          'names.md': repl('> 7', 'x <me:int>', '> <me> + 1', '8'),
          'throw.md': repl('> 1', '1', "> throw new Error('x')", '> 1', '1'),
          'other-throw.md': repl("> throw new Error('x')", 'Uncaught Error: y', '> 1', '1'),
          'waits.md': repl('> await new Promise(() => {})', '> 1', '1').replace(
            'repl',
            'repl {timeout=100ms}',
          ),
          'spins.md': repl('> 1', '1', '> while (true) {}', '> 1', '1').replace(
            'repl',
            'repl {timeout=100ms}',
          ),
          'ends.md': repl('> 1', '1', '> process.exit()', '> 1', '1'),
          'left.md': repl('> .exit', '> 1', '1'),
          'left-last.md': repl('> 1', '1', '> .exit'),
          'skip.md': repl('> 1', '2').replace('repl', 'repl {skip="not yet"}') + repl('> 1', '1'),
          'only.md': repl('> 1', '2').replace('repl', 'repl {only=postgresql}') + repl('> 1', '1'),
        },
        ['--db', 'sqlite:'],
      ),
    ).toEqual({
      'mismatch.md': ['output', 'passed'],
      'names.md': ['output', 'passed'],
      'throw.md': ['passed', 'threw', 'not run'],
      'other-throw.md': ['output', 'passed'],
      'waits.md': ['timeout', 'not run'],
      'spins.md': ['passed', 'timeout', 'not run'],
      'ends.md': ['passed', 'left', 'not run'],
      'left.md': ['left', 'not run'],
      'left-last.md': ['passed', 'passed'],
      'skip.md': ['skipped', 'passed'],
      'only.md': ['skipped', 'passed'],
    });
  });

  it('end with the time of their file, however little each takes', async () => {
    const slow = Array.from({ length: 9 }, () => '> await new Promise(done => setTimeout(done, 1000))');
    const front = '---\nfile-timeout: 2500ms\n---\n';
    const files = {
      'waits.md': front + repl(...slow),
      'spins.md': front + repl('> 1', '1', '> while (true) {}', '> 1', '1'),
      'done.md': front + repl('> 1', '1'),
    };
    expect(await statuses(files, ['--db', 'sqlite:'])).toEqual({
      'waits.md': ['passed', 'passed', 'timeout', ...Array.from({ length: 6 }, () => 'not run')],
      'spins.md': ['passed', 'timeout', 'not run'],
      'done.md': ['passed'],
    });
    const { stdout } = await check({ 'waits.md': files['waits.md'] }, ['--db', 'sqlite:']);
    expect(stdout).toContain("The file's 2.5 s were over; the steps after it do not run.");
  });

  it('print what the person at the prompt sees, without color, stacks and the place where they run', async () => {
    const text = `---\nclock: 2026-01-05 12:00\n---\n${repl(
      "> console.log('')",
      '> console.log(); 1',
      '',
      '1',
      "> console.log(new Error('x'))",
      'Error: x',
      '    at a (b.ts:1:2)',
      "> new RangeError('y')",
      'RangeError: y',
      '> throw null',
      'Uncaught null',
      "> throw 'x'",
      "Uncaught 'x'",
      "> throw new Error('a\\nb')",
      'Uncaught Error: a',
      'b',
      '> -0',
      '-0',
      '> 5n',
      '5n',
      '> new Map([[1, { a: 1 }]])',
      'Map(1) { 1 => { a: 1 } }',
      '> c = {}; c.c = c; c',
      '<ref *1> { c: [Circular *1] }',
      '> String(new Date())',
      "'Mon Jan 05 2026 12:00:00 GMT+0000 (Coordinated Universal Time)'",
      '> new Date().toLocaleString()',
      "'1/5/2026, 12:00:00 PM'",
      '> format = new Intl.DateTimeFormat()',
      '> [format.format(), format.format(0), format.format === format.format]',
      "[ '1/5/2026', '1/1/1970', true ]",
      '> format.formatToParts()[4].value',
      "'2026'",
      '> [Date.now(), new (class extends Date {})().getTime(), new Date().constructor === Date]',
      '[ 1767614400000, 1767614400000, true ]',
      "> void Promise.resolve().then(() => console.log('later'))",
      'later',
      "> fired = false; setTimeout(() => { fired = true; throw new Error('stray') }, 500); 0",
      '0',
      '> while (!fired) new Promise(done => setTimeout(done, 5))',
      'Uncaught Error: stray',
      "> console.log('\\x1b[31mred\\x1b[39m')",
      'red',
      "> process.stdout.write('abc')",
      'abc',
      'true',
      "> console.error('err')",
      'err',
      "> console.log('a\\rb\\r\\nc\\0')",
      String.raw`a\rb\r`,
      String.raw`c\x00`,
      "> '\\u{1F389} —'",
      "'\u{1F389} —'",
      "> import os from 'node:os'",
      '> typeof os.cpus',
      "'function'",
      '> console = { log() {} }',
      "> console.log('x')",
    )}`;
    const { stdout, code } = await check({ 'prints.md': text }, [], {
      TZ: 'America/New_York',
      LANG: 'de_DE.UTF-8',
      LC_ALL: 'de_DE.UTF-8',
      FORCE_COLOR: '3',
    });
    expect([stdout, code]).toEqual([expect.stringMatching(/^\d+ steps in 1 file: \d+ passed \(.*\)\n$/), 0]);
  });

  it('16: throw what Uncaught stands for; a printed line that looks so has a backslash', async () => {
    const session = (...written: readonly string[]) =>
      repl(
        ...["> console.log('Uncaught Error: a')", "> throw new Error('a\\nUncaught b')"].flatMap(
          (typed, index) => [typed, ...(written[index] ?? '').split('|')],
        ),
      );
    const right = session(String.raw`\Uncaught Error: a`, String.raw`Uncaught Error: a|\Uncaught b`);
    const wrong = session('Uncaught Error: a', String.raw`\Uncaught Error: a|\Uncaught b`);
    expect(await statuses({ 'right.md': right, 'wrong.md': wrong })).toEqual({
      'right.md': ['passed', 'passed'],
      'wrong.md': ['output', 'threw'],
    });
    await check({ 'wrong.md': wrong }, ['--update']);
    expect(await readFile(join(cwd, 'wrong.md'), 'utf8')).toBe(right);
  });

  it('leave nothing for the next file', async () => {
    const leaves = `---\nclock: 2020-01-01\n---\n${repl(
      '> globalThis.left = 1',
      "> process.env.LEFT = 'x'",
      '> User.prototype.greet = () => 1',
      '> Array.prototype.left = 1',
      '> createAll()',
      'created post, user',
      "> setInterval(() => console.log('tick'), 30); 0",
      '<...>',
      '0',
    )}`;
    const finds = repl(
      '> globalThis.left',
      '> process.env.LEFT',
      '> User.prototype.greet',
      '> [].left',
      '> new Date().getFullYear() > 2020',
      'true',
      '> await new Promise(done => setTimeout(done, 20))',
      '> createAll()',
      'created post, user',
    );
    const files = Object.fromEntries(['a', 'c', 'e'].map(name => [`${name}.md`, leaves]));
    const others = Object.fromEntries(['b', 'd', 'f'].map(name => [`${name}.md`, finds]));
    const { stdout, code } = await check({ ...files, ...others }, ['--db', 'sqlite:']);
    expect([stdout, code]).toEqual([expect.stringMatching(/^\d+ steps in 6 files: \d+ passed/), 0]);
  });

  it('14: leave nothing of any kind', async () => {
    const leaves = [
      "require('util').inspect.defaultOptions.depth = 0; 0",
      "import util from 'node:util'; util.inspect.defaultOptions.depth = 0; 0",
      "require('path').join = () => 'left'; 0",
      "require('events').defaultMaxListeners = 3; 0",
      "Uint8Array.prototype.at = () => 'left'; 0",
      "Intl.NumberFormat.prototype.resolvedOptions = () => 'left'; 0",
      "Object.defineProperty(Map.prototype, 'size', { get: () => 'left' }); 0",
      "process.title = 'left'; 0",
      "process.chdir('/'); 0",
      'process.umask(0o77); 0',
      "setTimeout(() => console.log('left'), 60).unref(); 0",
    ];
    const finds = [
      '> ({ a: { b: { c: { d: 1 } } } })',
      '{ a: { b: { c: [Object] } } }',
      "> [require('path').join('a', 'b'), require('events').defaultMaxListeners]",
      "[ 'a/b', 10 ]",
      '> [new Uint8Array([7]).at(0), typeof new Intl.NumberFormat().resolvedOptions(), new Map().size]',
      "[ 7, 'object', 0 ]",
      "> [process.title === 'left', process.cwd() === '/']",
      '[ false, false ]',
      '> process.umask()',
      String(process.umask()),
      '> new Promise(done => setTimeout(done, 120)); 0',
      '0',
    ];
    const files = filesWith(leaves, finds);
    const { stdout, code } = await check(files);
    expect([stdout, code]).toEqual([expect.stringMatching(/^\d+ steps in 13 files: \d+ passed \(/), 0]);
  });

  it('14: leave nothing where no word of theirs tells that they may', async () => {
    const leaves = [
      '[].map.left = 0; 0',
      'structuredClone.left = 0; 0',
      'Math.left = 0; 0',
      'User.left = 0; 0',
      "JSON.parse = () => 'left'; 0",
      'Error.stackTraceLimit = 0; 0',
      "setTimeout(() => console.log('left'), 60); 0",
    ];
    const finds = [
      '> [[].map.left, structuredClone.left, Math.left, User.left]',
      '[ undefined, undefined, undefined, undefined ]',
      "> [JSON.parse('1'), Error.stackTraceLimit]",
      '[ 1, 200 ]',
      '> new Promise(done => setTimeout(done, 120)); 0',
      '0',
    ];
    const { stdout, code } = await check(filesWith(leaves, finds));
    expect([stdout, code]).toEqual([expect.stringMatching(/^\d+ steps in 9 files: \d+ passed \(/), 0]);
  });

  it("14: leave nothing in the project's own modules", async () => {
    const project = await writeProject({
      'mikro-orm.config.ts':
        "import { defineConfig } from '@mikro-orm/sqlite';\nimport { Item } from './item.ts';\nexport default defineConfig({ dbName: 'shop.db', entities: [Item] });\n",
      'item.ts':
        "import { defineEntity, p } from '@mikro-orm/sqlite';\nlet made = 0;\nexport const Item = defineEntity({ name: 'Item', properties: { id: p.integer().primary(), number: p.integer().onCreate(() => ++made) } });\n",
    });
    const session = repl(
      '> createAll()',
      'created item',
      '> add(new Item({}))',
      '> commit()',
      'committed 1 new (Item)',
      '> Item.query.first().number',
      '1',
    );
    // More files than processors, so that one process plays several.
    const names = Array.from({ length: 2 * availableParallelism() + 1 }, (_, index) => `${index}.repl.md`);
    await Promise.all(names.map(name => writeFile(join(project, name), session)));
    const { stdout, code } = await run({ args: ['check'], cwd: project });
    expect([stdout, code]).toEqual([expect.stringMatching(/^\d+ steps in \d+ files: \d+ passed \(/), 0]);
  });
});

describe('databases', () => {
  it('that differ are a failure of its own', async () => {
    const text = `---\ndatabases: [sqlite, postgresql]\n---\n${repl(
      '> createAll()',
      'created post, user',
      "> em.execute('select 1 + 1 as two')",
      '[ { two: 2 } ]',
      "> em.execute('select 7 / 2.0 as x')",
      '[ { x: 3.5 } ]',
      "> em.execute('select count(*) as n from user')",
      '<...>',
    ).replace('from user', 'from post')}`;
    const { stdout, code } = await check({ 'two.md': text }, ['--reporter', 'json']);
    const [file] = (JSON.parse(stdout) as Report).files;
    expect(file?.databases.map(({ database }) => database)).toEqual(['sqlite', 'postgresql']);
    expect(file?.differences).toMatchObject([{ line: 9 }]);
    expect(code).toBe(1);
  });

  it('15: are of the kind that the project has, and never its own', async () => {
    const project = await writeProject({
      'mikro-orm.config.ts':
        "import { defineConfig, defineEntity, p } from '@mikro-orm/postgresql';\nexport const Item = defineEntity({ name: 'Item', properties: { id: p.integer().primary() } });\nexport default defineConfig({ clientUrl: 'postgresql://me@localhost:1/precious', entities: [Item] });\n",
      'kind.repl.md': repl(
        "> em.execute('select current_database() as name')",
        "[ { name: '<re:/mikroscope_[0-9a-f]{32}/>' } ]",
        '> createAll()',
        'created item',
      ),
      'lite.repl.md': `---\ndatabases: sqlite\n---\n${repl('> createAll()', 'created item')}`,
    });
    const listed = await run({ args: ['check', '--list'], cwd: project });
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { path: 'kind.repl.md', databases: ['postgresql'] },
      { path: 'lite.repl.md', databases: ['sqlite'] },
    ]);
    const { stdout, code } = await run({ args: ['check'], cwd: project, env: server });
    expect([stdout, code]).toEqual([expect.stringMatching(/^3 steps in 2 files: 3 passed \(/), 0]);
  });

  it('that cannot be reached are told without their password, and the others run', async () => {
    const { stdout, stderr, code } = await check({ 'far.md': repl('> 1', '1') }, [
      '--db',
      'postgresql://u:secret@localhost:1/x',
      '--db',
      'sqlite:',
    ]);
    expect(stdout).toContain('far.md:1 [postgresql]: ');
    expect(stdout).toContain('1 step in 1 file: 1 passed, 1 file could not run');
    expect(stdout + stderr).not.toContain('secret');
    expect(stdout + stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(2);
  });
});

describe('the exit code', () => {
  const good = { 'good.md': repl('> 1', '1') };

  it.each<[number, string, Readonly<Record<string, string>>, readonly string[], RegExp]>([
    [0, 'all passes', good, [], /^1 step in 1 file: 1 passed/],
    [
      2,
      'a file was named and has nothing to run',
      { 'prose.md': '# Prose\n' },
      [],
      /^prose\.md:1: There is nothing to run/,
    ],
    [1, 'a step failed', { ...good, 'bad.md': repl('> 1', '2') }, [], /: 1 passed, 1 failed/],
    [
      2,
      'a file is broken',
      { ...good, 'bad.md': '```repl {x}\n```\n' },
      [],
      /^bad\.md:1: There is no attribute[^]*: 1 passed, 1 file could not run/,
    ],
    [
      2,
      'a file is missing',
      good,
      ['missing.md'],
      /^missing\.md:1: Cannot read this file: it does not exist[^]*: 1 passed/,
    ],
    [2, 'a directory without any is named', good, ['/sys/kernel/mm'], /it is a directory without any/],
    [2, 'the reporter is unknown', {}, ['--reporter', 'tap'], /^There is no reporter 'tap'/],
    [2, '--db is no database', good, ['--db', 'postgres'], /^'postgres' is not a database URL/],
  ])('is %i where %s', async (exit, _, files, args, said) => {
    const { code, stdout, stderr } = await check(files, args);
    expect(stdout + stderr).toMatch(said);
    expect(code).toBe(exit);
  });
});

it('passes over a folder that is named as a transcript is', async () => {
  const folder = await mkdtemp(join(cwd, 'named-'));
  await mkdir(join(folder, 'x.repl.md'));
  await writeFile(join(folder, 'x.repl.md', 'y.repl.md'), repl('> 1', '1'));
  for (const args of [[], ['.']])
    expect(await run({ args: ['check', ...args], cwd: folder, env: server })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 passed'),
    });
});

it('does not update what is not in UTF-8', async () => {
  const text = Buffer.from(`caf\xe9\n${repl('> 1', '2')}`, 'latin1');
  await writeFile(join(cwd, 'latin.repl.md'), text);
  const { code, stdout } = await check({}, ['--update', 'latin.repl.md']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining('it is not in UTF-8') });
  expect(await readFile(join(cwd, 'latin.repl.md'))).toEqual(text);
});

it('runs the transcripts of a directory that is named', async () => {
  const folder = await mkdtemp(join(cwd, 'docs-'));
  await writeFile(join(folder, 'one.repl.md'), repl('> 1', '1'));
  await writeFile(join(folder, 'other.md'), repl('> 1', '2'));
  const { code, stdout } = await run({ args: ['check', folder], cwd, env: server });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^1 step in 1 file: 1 passed/)]);
});

it('names the signal that ends the process of a step', async () => {
  const { code, stdout } = await check({
    'crash.md': repl("> process.kill(process.pid, 'SIGKILL')", '> 1', '1'),
  });
  expect([code, stdout]).toEqual([1, expect.stringContaining('Its process was ended by SIGKILL; the steps')]);
});

it('is 0 where a glob finds nothing to run', async () => {
  await writeFile(join(cwd, 'prose-only.md'), '# Prose\n');
  const { code, stdout } = await check({}, ['prose-*.md']);
  expect(stdout).toMatch(/: nothing to run/);
  expect(code).toBe(0);
});

describe('--update', () => {
  it('writes, shows what it wrote, and the file passes', async () => {
    const before = `# A\n\n${repl('> createAll()', '> user = new User({})', '> 7', 'n <me:int>', '> <me> + 1', "> throw new Error('x')", '> 1')}`;
    const after = `# A\n\n${repl('> createAll()', 'created post, user', '> user = new User({})', '> 7', '<me:int>', '> <me> + 1', '8', "> throw new Error('x')", 'Uncaught Error: x', '> 1', '1')}`;
    const { stdout, code } = await check({ 'update.md': before }, ['--update']);
    expect(stdout).toContain('update.md updated\n@@ line 3 @@\n');
    expect(stdout).toContain('+created post, user');
    expect(await readFile(join(cwd, 'update.md'), 'utf8')).toBe(after);
    expect(code).toBe(0);
    expect((await check({ 'update.md': after })).code).toBe(0);
  });

  it('13: writes SQL of several lines on one, which then passes, whatever white space is written', async () => {
    const typed = "> em.execute('select 1 as a,\\n  2 as b'); 0";
    const after = repl(typed, 'sql: select 1 as a, 2 as b', '0', typed, 'sql: select  1 as a,2 as b', '0');
    await check({ 'sql.md': repl(typed, 'sql: x', '0', typed, 'sql: select  1 as a,2 as b', '0') }, [
      '--update',
    ]);
    expect(await readFile(join(cwd, 'sql.md'), 'utf8')).toBe(after);
    expect((await check({ 'sql.md': after })).code).toBe(0);
  });

  it.each([
    ['1', 2, '2'],
    ['true', 2, '2'],
    ['false', 0, '1'],
  ])('with CI=%s ends with %i', async (ci, exit, written) => {
    const { code, stderr } = await check({ 'ci.md': repl('> 1', '2') }, ['--update'], { CI: ci });
    expect(code).toBe(exit);
    expect(stderr).toBe(
      exit === 0
        ? ''
        : '--update does not run under CI: run it where you can review the changes, and commit them.\n',
    );
    expect(await readFile(join(cwd, 'ci.md'), 'utf8')).toBe(repl('> 1', written));
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('Ctrl-C', () => {
  it('drops the databases and leaves no process', async () => {
    const text = `---\ndatabases: [postgresql]\n---\n${repl('> createAll()', 'created post, user', '> 1', '1', '> await new Promise(() => {})')}`;
    await writeFile(join(cwd, 'wait.md'), text);
    const main = new URL('../../../repl/main.ts', import.meta.url).pathname;
    const session = await openSession({ url: server.TEST_POSTGRES_URL, entities: [] });
    const names = async () => {
      const rows: { datname: string }[] = await session.em.execute('select datname from pg_database');
      return rows.map(({ datname }) => datname);
    };
    const before = await names();
    const child = spawn(process.execPath, [main, 'check', '--reporter', 'events', 'wait.md'], {
      cwd,
      env: { PATH: process.env['PATH'], ...server },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let output = '';
      await new Promise<void>(found => {
        child.stdout.on('data', (chunk: Buffer) => {
          output += String(chunk);
          // The second step has run, so the third waits.
          if (output.includes('"line":7')) found();
        });
      });
      const players = await playersOf(child.pid ?? 0);
      expect(players.length).toBe(1);
      expect((await names()).filter(name => !before.includes(name)).length).toBeGreaterThan(0);
      // npm hands on what the terminal has sent already.
      child.kill('SIGINT');
      child.kill('SIGINT');
      expect(await once(child, 'exit')).toEqual([130, null]);
      const left = await names();
      expect(left.filter(name => /mikroscope/.test(name) && !before.includes(name))).toEqual([]);
      // They end with the program, and may be a moment longer in the system's table.
      while (players.some(isThere)) await setTimeout(10);
    } finally {
      child.kill('SIGKILL');
      await session.close();
    }
  });
});

async function playersOf(parent: number): Promise<number[]> {
  const text = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}
