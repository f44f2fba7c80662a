import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openTerminal, type Terminal } from '../../support/terminal.ts';

describe('at a terminal', () => {
  let terminal: Terminal;

  beforeEach(async () => {
    terminal = await openTerminal();
    await terminal.shows('> ');
  });

  afterEach(() => terminal.close());

  async function type(line: string, answer: string): Promise<string> {
    terminal.press(`${line}\r`);
    return terminal.shows(answer);
  }

  it('creates, stages, commits and queries', async () => {
    await type('createAll()', 'created post, user\r\n> ');
    await type("user = new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })", '\n> ');
    await type('add(user)', '\n> ');
    await type('commit()', 'committed 1 new (User)\r\n> ');
    await type('User.query.all()', "[ User('Corey', 'c@demo.com') ]\r\n> ");
    await type('for (const one of User.query.all()) {', '... ');
    await type('console.log(one.username)', '... ');
    await type('}', 'Corey\r\n> ');
    terminal.press('\x04');
    expect(await terminal.exited).toBe(0);
  });

  it.each([
    ['a loop that never waits', 'while (true) {}'],
    ['a loop that waits for what is there', 'while (true) { await null }'],
    ['recursion that queries', 'createAll(); const f = n => User.query.count() + f(n + 1); f(0)'],
    ['asynchronous recursion', 'const f = async n => { await null; return await f(n + 1) }; await f(0)'],
    ['a loop in a function that cannot wait', '(() => { for (;;); })()'],
    ['a loop that never waits, after something that did', 'await null; (() => { for (;;); })()'],
    ['a regular expression that never comes back', "/^(a+)+$/.test('a'.repeat(60) + '!')"],
    ['a loop in a callback', '[1].map(n => { for (;;) n; })'],
    ['a loop in an async function', '(async () => { for (;;); })()'],
    ['a promise that never comes', 'new Promise(() => {})'],
    ['a loop of queries', 'createAll(); for (;;) User.query.count()'],
    ['a loop after all listeners of the process are removed', 'process.removeAllListeners(); for (;;);'],
    ['one that waits, after that', 'process.removeAllListeners(); new Promise(() => {})'],
  ])('Ctrl-C stops %s', async (_, line) => {
    await type(`console.log('st' + 'arted'); ${line}`, 'started');
    terminal.press('\x03');
    await terminal.shows('Interrupted\r\n> ');
    await type('1 + 1', '2\r\n> ');
  });

  it('Ctrl-C that is held down stops a statement, and leaves nothing', async () => {
    await type("console.log('st' + 'arted'); new Promise(() => {})", 'started');
    terminal.press('\x03');
    await terminal.shows('Interrupted\r\n> ');
    for (let press = 0; press < 3; press++) terminal.press('\x03');
    await type('1 + 1', '2\r\n> ');
    expect(terminal.written()).not.toContain('To leave');
  });

  it('Ctrl-C that comes at once with Enter stops what that began', async () => {
    terminal.press('new Promise(() => {})\r1 + 1\x03\r');
    await terminal.shows('Interrupted\r\n> ');
    await terminal.shows('2\r\n> ');
  });

  it('a second Ctrl-C ends what cannot be stopped, and the program with it', async () => {
    await type('createAll()', 'created post, user\r\n> ');
    const endless = 'with recursive x(n) as (select 1 union all select n + 1 from x) select count(*) from x';
    terminal.press(`console.log('st' + 'arted'); em.execute('${endless}')\r`);
    await terminal.shows('started');
    terminal.press('\x03');
    await terminal.shows('Ctrl-C again ends mikroscope');
    terminal.press('\x03');
    await expect(terminal.exited).resolves.toEqual(expect.any(Number));
  });

  it('Ctrl-C that is held down before that is said ends nothing', async () => {
    await type('createAll()', 'created post, user\r\n> ');
    const long =
      'with recursive x(n) as (select 1 union all select n + 1 from x where n < 2e7) select count(*) from x';
    await type(`console.log('st' + 'arted'); em.execute('${long}'); 0`, 'started');
    const held = setInterval(() => terminal.press('\x03'), 50);
    await terminal.shows('Ctrl-C again ends mikroscope');
    clearInterval(held);
    await terminal.shows('Interrupted\r\n> ');
    await type('1 + 1', '2\r\n> ');
  });

  it('Ctrl-Z does nothing where there is no background', async () => {
    await type('1 + 1', '2\r\n> ');
    terminal.press('half\x1a');
    await terminal.shows('half');
    await terminal.shows('> half');
    terminal.press('\x15\x1b[A\r');
    await terminal.shows('2\r\n> ');
  });

  it('Ctrl-C drops what is typed', async () => {
    await type('function half() {', '... ');
    terminal.press('\x03');
    await terminal.shows('> ');
    terminal.press('nonsense');
    terminal.press('\x03');
    await terminal.shows('> ');
    await type('1 + 1', '2\r\n> ');
  });

  it('takes what is typed while a statement runs, also one that never waits', async () => {
    terminal.press('for (const end = Date.now() + 600; Date.now() < end; );\r');
    await terminal.shows('Date.now() < end; );');
    terminal.press("'typed ' + 'ahead'\r");
    await terminal.shows("'typed ahead'\r\n> ");
  });

  it('takes what is typed while code that cannot wait blocks it, and stops that code', async () => {
    await type("class Stuck { get x() { console.log('st' + 'uck'); for (;;); } }", '> ');
    await type('new Stuck().x', 'stuck');
    terminal.press('1 + 1\r');
    terminal.press('\x03');
    await terminal.shows('Interrupted');
    await terminal.shows('2\r\n> ');
  });

  it.each([
    ['a timer', "setTimeout(() => { throw new Error('str' + 'ay') })"],
    [
      'a timer that throws what throws',
      'setTimeout(() => { throw new Proxy({}, { get() { throw `str${"ay"}` } }) })',
    ],
    ['a microtask', "queueMicrotask(() => { throw new Error('str' + 'ay') })"],
    ['a tick', "process.nextTick(() => { throw 'str' + 'ay' })"],
    ['a promise that nobody awaits', "setImmediate(async () => { throw new Error('str' + 'ay') })"],
    [
      'a listener',
      "t = new EventTarget(); t.addEventListener('a', () => { throw new Error('str' + 'ay') }); t.dispatchEvent(new Event('a'))",
    ],
    ['an emitter', "new (await import('node:events')).EventEmitter().emit('error', new Error('str' + 'ay'))"],
    [
      'a thread',
      "new (await import('node:worker_threads')).Worker('throw new Error(`str${`ay`}`)', { eval: true })",
    ],
  ])('reports an error of %s that nothing has caught, and goes on', async (_, line) => {
    terminal.press(`${line}; 0\r`);
    expect(await terminal.shows('stray')).toMatch(/Uncaught .*stray$/);
    await type('6 * 7', '42\r\n> ');
  });

  it('asks before it loses what is not committed', async () => {
    await type('createAll()', 'created post, user\r\n> ');
    await type("add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }))", '\n> ');
    terminal.press('\x04');
    await terminal.shows('Not committed: 1 new (User). Leave and lose it? [y/N] ');
    terminal.press('n\r');
    await terminal.shows('> ');
    await type('commit()', 'committed 1 new (User)\r\n> ');
    terminal.press('\x04');
    expect(await terminal.exited).toBe(0);
  });

  it('asks so at a line that goes on, too, and takes that line up again', async () => {
    await type('createAll()', 'created post, user\r\n> ');
    await type("add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }))", '\n> ');
    await type('[6,', '... ');
    terminal.press('\x04');
    await terminal.shows('Not committed: 1 new (User). Leave and lose it? [y/N] ');
    terminal.press('n\r');
    await terminal.shows('... ');
    await type('7]', '[ 6, 7 ]\r\n> ');
    await type('{', '... ');
    terminal.press('\x04');
    await terminal.shows('[y/N] ');
    terminal.press('y\r');
    expect(await terminal.exited).toBe(0);
  });

  it.each([
    ['a line', 'process.exit(3)'],
    ['a timer', 'setTimeout(() => process.exit(3)); 0'],
    ['a function that waits', '(async () => { await 1; process.exit(3) })()'],
  ])('asks before process.exit() of %s loses it, too', async (_, line) => {
    await type('createAll()', 'created post, user\r\n> ');
    await type("add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }))", '\n> ');
    await type(line, 'Not committed: 1 new (User). Leave and lose it? [y/N] ');
    terminal.press('n\r');
    await terminal.shows('> ');
    await type('commit()', 'committed 1 new (User)\r\n> ');
    terminal.press(`${line}\r`);
    expect(await terminal.exited).toBe(3);
  });

  it('forgets the exit code with which the user did not leave', async () => {
    await type('createAll()', 'created post, user\r\n> ');
    await type("add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }))", '\n> ');
    await type('process.exit(3)', '[y/N] ');
    terminal.press('n\r');
    await terminal.shows('> ');
    await type('process.exit()', '[y/N] ');
    terminal.press('y\r');
    expect(await terminal.exited).toBe(0);
  });

  it('reports stray errors after a line has removed all listeners', async () => {
    await type('process.removeAllListeners(); 0', '0\r\n> ');
    terminal.press("queueMicrotask(() => { throw new Error('str' + 'ay') })\r");
    await terminal.shows('stray');
    await type('6 * 7', '42\r\n> ');
  });

  it('listens to signals once, however many lines there were', async () => {
    for (let i = 0; i < 3; i++) await type('1 + 1', '2\r\n> ');
    await type(
      "setTimeout(() => console.log('listeners:', process.listenerCount('SIGINT'))); 0",
      'listeners: 1',
    );
  });

  it('takes pasted lines one after another', async () => {
    terminal.press(
      'createAll()\rlist = []\rfor (const n of [1, 2]) {\r  list.push(n)\r}\rUser.query.count()\rlist\r',
    );
    const screen = await terminal.shows('[ 1, 2 ]\r\n> ');
    expect(screen).toMatch(/created post, user[\s\S]*\n0\r\n[\s\S]*\[ 1, 2 \]/);
  });

  it('keeps a history that its owner alone can read, without passwords', async () => {
    await type("secret = { password: 'hunter2' }", '\n> ');
    await type('6 * 7', '42\r\n> ');
    terminal.press('\x04');
    await terminal.exited;
    const file = join(terminal.home, 'state', 'mikroscope', 'history');
    expect(await readFile(file, 'utf8')).toBe('6 * 7\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('completes names and properties', async () => {
    terminal.press('creat\t');
    await terminal.shows('createAll');
    terminal.press('()\r');
    await terminal.shows('created post, user');
    terminal.press('User.query.filterB\t');
    await terminal.shows('filterBy');
    terminal.press('({ ema\t');
    await terminal.shows('email');
    terminal.press('\x03');
    await terminal.shows('> ');
    terminal.press('x = (User.query\r');
    await terminal.shows('... ');
    terminal.press('.pagi\t');
    await terminal.shows('paginate');
    terminal.press('\x03');
    await terminal.shows('> ');
    terminal.press('.compi\t');
    await terminal.shows('.compiled');
  });

  it('leaves with the code of exit(code)', async () => {
    terminal.press('exit(3)\r');
    expect(await terminal.exited).toBe(3);
  });

  it('knows no command .break of node:repl', async () => {
    await type('.break', 'There is no command .');
    await terminal.shows('> ');
    await type('6 * 7', '42\r\n> ');
  });

  it('shows what the last line was compiled to', async () => {
    await type('1 + 1', '2\r\n> ');
    await type('.compiled', 'async () => ');
  });
});
