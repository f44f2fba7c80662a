import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openSession, User } from '../../../src/index.ts';
import { createDatabase } from '../../support/databases.ts';
import { run, start } from '../../support/program.ts';

const memory = ['--db', 'sqlite::memory:'];
const folder = () => mkdtempDisposable(join(tmpdir(), 'mikroscope-'));

describe('what is printed arrives', () => {
  it.each([
    [0, "console.log('x'.repeat(300_000)); console.error('printed')"],
    [3, "console.log('x'.repeat(300_000)); console.error('printed')\nexit(3)"],
    [1, "console.log('x'.repeat(300_000)); console.error('printed')\nnope"],
  ])('whole, however late its reader begins, with exit code %d', async (code, input) => {
    const child = start({ args: memory, input });
    await once(child.stderr, 'data');
    const exited = once(child, 'exit');
    expect((await text(child.stdout)).length).toBe(300_001);
    expect(await exited).toEqual([code, null]);
  });

  it('on standard error too', async () => {
    const child = start({
      args: memory,
      input: "console.error('x'.repeat(300_000)); console.log('printed')",
    });
    await once(child.stdout, 'data');
    expect((await text(child.stderr)).length).toBe(300_001);
  });

  it('of a report', async () => {
    await using dir = await folder();
    const steps = Array.from(
      { length: 20 },
      () => `> console.log('y'.repeat(20_000))\n${'y'.repeat(20_000)}\n`,
    );
    await writeFile(join(dir.path, 'long.repl.md'), `\`\`\`repl\n${steps.join('')}\`\`\`\n`);
    const child = start({ args: ['check', '--reporter', 'json', 'long.repl.md'], cwd: dir.path });
    await once(child.stdout, 'readable');
    const report = JSON.parse(await text(child.stdout)) as { exitCode: number };
    expect(report.exitCode).toBe(0);
  });
});

it.each([
  ['async functions', 'const r = async n => 1 + await r(n + 1)', 'r(0)'],
  ['async callbacks', 'const r = async n => 1 + (await Promise.all([n].map(r)))[0]', 'r(0)'],
  ['async generators', 'async function* r(n) { yield* r(n + 1) }', 'r(0).next()'],
  [
    'async functions of constructors',
    'const a = async () => 1; class R { constructor() { a(); new R() } }',
    'new R()',
  ],
])('of %s without an end there is an error, and what is staged stays', async (_, declared, call) => {
  const input = `createAll()\nadd(new User({ username: 'x', email: 'x', password: 'p' })); ''\n${declared}\ntry { ${call} } catch (e) { console.log(String(e)) }\ncommit()`;
  const { stdout, stderr } = await run({ args: memory, input });
  expect(stdout).toContain('RangeError: Maximum call stack size exceeded\n');
  expect(stdout).toMatch(/committed 1 new \(User\)\n$/);
  expect(stderr).toBe('');
});

describe('a reader that leaves', () => {
  /** Reads what comes first, and leaves. @returns the exit code and what was said on standard error */
  async function readOnce(input: string, args: readonly string[] = memory) {
    const child = start({ args, input });
    const said = text(child.stderr);
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await exited) as [number | null];
    return { code, said: await said };
  }

  it('ends the script before its next statement', async () => {
    await using dir = await folder();
    const db = ['--db', `sqlite:${join(dir.path, 'left.db')}`];
    const input = `createAll()
for (let n = 0; n < 20_000; n++) console.log('line', n)
add(new User({ username: 'a', email: 'a', password: 'p' })); commit()`;
    expect(await readOnce(input, db)).toEqual({ code: 141, said: '' });
    expect((await run({ args: [...db, '-e', 'User.query.count()'] })).stdout).toBe('0\n');
  });

  it('ends a statement that waits', async () => {
    const input = 'createAll()\nwhile (true) console.log(User.query.count())';
    expect(await readOnce(input)).toEqual({ code: 141, said: '' });
  });

  it('is told what is lost', async () => {
    const input = `createAll(); add(new User({ username: 'a', email: 'a', password: 'p' }))
while (true) console.log(await 1)`;
    expect(await readOnce(input)).toEqual({
      code: 141,
      said: 'Not committed, and lost: 1 new (User)\nEnd with commit() to keep it, or with rollback().\n',
    });
  });
});

describe('process.exit() leaves as exit() does', () => {
  const staged = "createAll(); add(new User({ username: 'a', email: 'a', password: 'p' }))\n";
  const lost = 'Not committed, and lost: 1 new (User)\nEnd with commit() to keep it, or with rollback().\n';

  it('after what was printed has arrived', async () => {
    const child = start({ args: memory, input: "console.log('x'.repeat(300_000)); process.exit(3)" });
    const exited = once(child, 'exit');
    await once(child.stdout, 'readable');
    expect((await text(child.stdout)).length).toBe(300_001);
    expect(await exited).toEqual([3, null]);
  });

  it.each([
    ['in a line', 'process.exit(4); commit()'],
    ['in a function that something catches', 'try { process.exit(4) } catch {}\ncommit()'],
    ['in an async function', '(async () => { await 1; process.exit(4) })()\nnew Promise(() => {})'],
    ['in a timer', 'setTimeout(() => process.exit(4)); new Promise(() => {})'],
    ['as an imported name', "import { exit as end } from 'node:process'\nend(4)"],
    ['with the code of the process', 'process.exitCode = 4; process.exit()'],
  ])('%s, and tells what is lost', async (_, input) => {
    expect(await run({ args: memory, input: staged + input })).toMatchObject({ code: 4, stderr: lost });
  });

  it('with a code that is none not at all', async () => {
    const { code, stderr } = await run({ args: memory, input: "process.exit('x')" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Uncaught TypeError: The "code" argument/);
  });
});

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('a script that %s stops cancels on the server what runs there', async (signal, code) => {
  const database = await createDatabase('postgresql');
  const other = await openSession({ url: database.url });
  try {
    await other.createAll();
    await other.em.begin();
    await other.em.execute('lock table "user"');
    const child = start({
      args: ['--db', database.url],
      input: "em.insert(User, { username: 'a', email: 'a', password: 'p' })\nconsole.log('on')",
    });
    const [printed, exited] = [text(child.stdout), once(child, 'exit')];
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await other.em.fork().execute<object[]>(waiting)).length === 0) continue;
    child.kill(signal);
    expect(await exited).toEqual([code, null]);
    expect(await printed).toBe('Interrupted\nCancelled on the server: it wrote nothing.\n');
    await other.em.rollback();
    expect(await other.query(User).count()).toBe(0);
  } finally {
    await other.close();
    await database.drop();
  }
});
