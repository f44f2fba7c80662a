import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../support/program.ts';

const memory = ['--db', 'sqlite::memory:'];
const corey = "new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })";
let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'mikroscope-'));
});

afterAll(() => rm(cwd, { recursive: true }));

describe('a script', () => {
  const session = [
    'createAll()',
    'x = 20',
    'x * 2 + 2',
    "[1, 2].map(n => 'a'.repeat(n))",
    "'text'",
    'undefined',
  ];
  const printed = "created post, user\n42\n[ 'a', 'aa' ]\n'text'\n";

  it('prints every answer as at the prompt, from standard input', async () => {
    expect(await run({ args: memory, input: session.join('\n') })).toEqual({
      code: 0,
      stdout: printed,
      stderr: '',
    });
  });

  it.each([['run', 'walk.ts'], ['run', '-'], []])('is the same from %s %s', async (...args) => {
    await writeFile(join(cwd, 'walk.ts'), session.join('\n'));
    expect(await run({ args: [...memory, ...args], input: session.join('\n'), cwd })).toEqual({
      code: 0,
      stdout: printed,
      stderr: '',
    });
  });

  it('that is not UTF-8 is not read as something else', async () => {
    await writeFile(join(cwd, 'latin.ts'), Buffer.from("x = 'é'", 'latin1'));
    expect(await run({ args: [...memory, 'run', 'latin.ts'], cwd })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'latin.ts is not text in UTF-8\nSave it in that encoding.\n',
    });
    const input = Buffer.from(`${session.join('\n')}\n'é'`, 'latin1');
    expect(await run({ args: memory, input })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Uncaught BadArgument: Standard input is not text in UTF-8\nSave it in that encoding.\n',
    });
  });

  it('takes statements of several lines, also those that go on after they could have ended', async () => {
    const input = [
      'createAll()',
      'const names: string[] = User.query',
      "  .filterBy({ username: 'nobody' })",
      '  .all()',
      '  .map(user => user.username)',
      'names',
      'if (names.length > 0) {',
      "  console.log('some')",
      '}',
      'else {',
      "  console.log('none')",
      '}',
    ].join('\n');
    expect(await run({ args: memory, input })).toEqual({
      code: 0,
      stdout: 'created post, user\n[]\nnone\n',
      stderr: '',
    });
  });

  it('runs its statements strictly one after another', async () => {
    const input = `log = []
for (const n of [3, 2, 1]) { await new Promise(resolve => setTimeout(resolve, n)); log.push(n) }
log.push('end')
log`;
    expect((await run({ args: memory, input })).stdout).toBe("4\n[ 3, 2, 1, 'end' ]\n");
  });

  it('stops at the first error, on stderr and with exit code 1', async () => {
    expect(await run({ args: memory, input: '1\nnope\n2' })).toEqual({
      code: 1,
      stdout: '1\n',
      stderr: 'Uncaught ReferenceError: nope is not defined\n    at stdin:2\n',
    });
  });

  it.each([
    ['an error', 'nope', 'Uncaught ReferenceError: nope is not defined'],
    ['a statement that is wrong', 'x = = 1', 'x = = 1\n    ^\nUncaught SyntaxError: Unexpected token'],
    ['a statement that never ends', 'x = (', 'Uncaught SyntaxError: Unexpected end of input'],
    [
      'an error with a hint',
      'add(User)',
      'Uncaught BadArgument: User is a class; add an instance\nWrite new User({ … }).',
    ],
  ])('says where %s is', async (_, line, message) => {
    await writeFile(join(cwd, 'broken.ts'), `// A comment.\nfor (const n of [1]) {\n  n\n}\n\n${line}`);
    const { stderr } = await run({ args: [...memory, 'run', 'broken.ts'], cwd });
    expect(stderr).toBe(`${message}\n    at broken.ts:6\n`);
    const { stderr: fromStdin } = await run({ args: memory, input: `1\n\n${line}` });
    expect(fromStdin).toBe(`${message}\n    at stdin:3\n`);
  });

  it('says in which line of a statement it is, and through which functions it came', async () => {
    const script = 'function g(o) {\n  return o.a.b\n}\nfor (const n of [1]) {\n  g({})\n}\n';
    await writeFile(join(cwd, 'calls.ts'), script);
    const { stderr } = await run({ args: [...memory, 'run', 'calls.ts'], cwd });
    expect(stderr).toBe(
      "Uncaught TypeError: Cannot read properties of undefined (reading 'b')\n    at g (calls.ts:2)\n    at calls.ts:5\n",
    );
  });

  it.each([
    ['run FILE', ['run', 'stuck.ts'], '    at stuck.ts:2\n'],
    ['-e', undefined, ''],
    ['standard input', [], '    at stdin:2\n'],
  ])('%s ends where it waits for what never settles, and says what it loses', async (_, args, place) => {
    const input = `createAll(); add(${corey})\nawait new Promise(() => {})\nconsole.log('on')`;
    await writeFile(join(cwd, 'stuck.ts'), input);
    expect(await run({ args: [...memory, ...(args ?? ['-e', input])], input, cwd })).toEqual({
      code: 1,
      stdout: '',
      stderr: `Uncaught InvalidState: This statement waits for something that never happens
No timer, query or other work is left that could end the wait.
${place}Not committed, and lost: 1 new (User)
End with commit() to keep it, or with rollback().
`,
    });
  });

  it('says what an error that nobody waits for loses', async () => {
    const input = `createAll(); add(${corey}); queueMicrotask(async () => { throw new Error('stray') }); new Promise(resolve => setTimeout(resolve, 1e4))`;
    const { code, stderr } = await run({ args: memory, input });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'Uncaught Error: stray\n    at stdin:1\nNot committed, and lost: 1 new (User)\nEnd with commit() to keep it, or with rollback().\n',
    });
  });

  it.each([
    ['a promise', "queueMicrotask(async () => { throw new Error('stray') })"],
    [
      'a timer',
      "setTimeout(() => { throw new Error('stray') }); new Promise(resolve => setTimeout(resolve, 1e4))",
    ],
  ])('stops at an error of %s that nobody waits for', async (_, line) => {
    expect(
      await run({ args: memory, input: `1\n${line}\nnew Promise(resolve => setTimeout(resolve, 1e4))` }),
    ).toEqual({
      code: 1,
      stdout: '1\n',
      stderr: 'Uncaught Error: stray\n    at stdin:2\n',
    });
  });

  it('stops at a statement that never ends', async () => {
    const { code, stderr } = await run({ args: memory, input: 'for (const n of [1]) {\n  n' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Uncaught SyntaxError: Unexpected end of input\n    at stdin:1\n',
    });
  });

  it('says what it loses, if it ends without a commit', async () => {
    const input =
      "createAll()\nadd(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }))";
    expect(await run({ args: memory, input })).toEqual({
      code: 1,
      stdout: 'created post, user\n',
      stderr: 'Not committed, and lost: 1 new (User)\nEnd with commit() to keep it, or with rollback().\n',
    });
  });

  it('32: says so of what SQL wrote in an open transaction, too', async () => {
    const input = "createAll()\nem.begin()\nem.insert(User, { username: 'a', email: 'b', password: 'c' })";
    const { code, stderr } = await run({ args: memory, input });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Not committed, and lost: what SQL wrote\nEnd with commit() to keep it, or with rollback().\n',
    });
  });

  it.each(['exit()', '.exit', 'exit', 'quit'])('ends at %s', async leave => {
    expect(await run({ args: memory, input: `1\n${leave}\n2` })).toEqual({
      code: 0,
      stdout: '1\n',
      stderr: '',
    });
  });
});

describe('exit', () => {
  it.each([
    ['exit(3)', 3],
    ['.exit 3', 3],
    ['quit(0)', 0],
  ])('%s has its code', async (leave, code) => {
    expect(await run({ args: memory, input: `${leave}\n2` })).toEqual({ code, stdout: '', stderr: '' });
  });

  it('keeps its code beside the word about what is lost', async () => {
    const input = `createAll()\nadd(${corey})\nexit(3)`;
    expect(await run({ args: memory, input })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('lost: 1 new (User)'),
    });
  });

  it.each(['exit(256)', '.exit soon', 'exit(null)'])('refuses %s', async leave => {
    const { code, stderr } = await run({ args: memory, input: leave });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^Uncaught BadArgument: exit takes a code from 0 to 255, and got /),
    });
  });
});

describe('the command line', () => {
  it('runs -e', async () => {
    expect(await run({ args: [...memory, '-e', '6 * 7'] })).toEqual({ code: 0, stdout: '42\n', stderr: '' });
  });

  it('runs each -e in turn', async () => {
    expect(await run({ args: [...memory, '-e', 'x = 6', '-e', 'x * 7'] })).toEqual({
      code: 0,
      stdout: '42\n',
      stderr: '',
    });
  });

  it('takes the database from DATABASE_URL, and --db before it', async () => {
    const env = { DATABASE_URL: 'sqlite:other.db' };
    expect((await run({ args: ['-e', 'session.database.url'], cwd, env })).stdout).toBe(
      "'sqlite:other.db'\n",
    );
    expect((await run({ args: [...memory, '-e', 'session.database.url'], cwd, env })).stdout).toBe(
      "'sqlite::memory:'\n",
    );
  });

  it('says what it is and how it is used', async () => {
    expect((await run({ args: ['--version'] })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { stdout } = await run({ args: ['--help'] });
    expect(stdout).toContain('--db URL');
    expect(stdout.split('\n').filter(line => line.length > 80)).toEqual([]);
  });

  it.each([
    [['--nope'], /^There is no option --nope\nmikroscope --help lists/],
    [['--fo\x1B[2J'], /^There is no option --fo\\x1B\[2J\nmikroscope/],
    [['--config'], /^--config needs a value\n/],
    [['--sandbox=yes'], /^--sandbox takes no value\n/],
    [['-x'], /^There is no option -x\n/],
    [['player'], /mikroscope check starts/],
    [['walk'], /There is no command 'walk'/],
    [['run'], /run needs a FILE/],
    [
      ['lesson'],
      /^lesson needs to be told what to do\nWrite lesson check FILE, lesson new FILE, or lesson html FILE\./,
    ],
    [['lesson', 'html'], /^lesson html needs a FILE\n/],
    [['lesson', 'new', 'x', '--out', 'y'], /^lesson new takes no --out\n/],
    [['run', 'x', '--out', 'y'], /^--out goes with mikroscope lesson html\n/],
    [['run', 'x', '--lang', 'de'], /^--lang goes with mikroscope learn and lesson html\n/],
    [['run', 'nowhere.ts'], /Cannot read nowhere\.ts: there is no such file/],
    [['--db', 'oracle://x/y', '-e', '1'], /oracle/],
    [['--db', 'postgresql://user:hunter2@localhost:1/nowhere', '-e', '1'], /localhost:1/],
    [['--db', 'sqlite:no/such/folder/x.db', '-e', 'createAll()'], /no\/such\/folder/],
  ])('%j is one clear complaint', async (args, complaint) => {
    const { code, stdout, stderr } = await run({ args, cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(complaint);
    expect(stderr).not.toMatch(/hunter2|\n\s+at /);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('creates no database file by looking', async () => {
    await run({ args: ['--db', 'sqlite:looked.db', '-e', '1'], cwd });
    expect(await readdir(cwd)).not.toContain('looked.db');
  });

  it('says so on a Node.js that is too old, before it imports anything', async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`;
    const node = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
    expect(await run({ args: ['--version'], node })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'mikroscope needs Node.js 22.17 or newer; this is 20.19.0.\n',
    });
  });
});
