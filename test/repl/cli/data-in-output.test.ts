import { expect, it } from '@jest/globals';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../support/program.ts';

const evil = '\u001B]0;T\u0007\u001B[2J\u202E\u009B1A';
const typed = JSON.stringify(evil)
  .replaceAll('\u009B', String.raw`\u009B`)
  .replaceAll('\u202E', String.raw`\u202E`);
const user = `new User({ username: ${typed}, email: ${typed}, password: 'p' })`;
// oxlint-disable-next-line no-control-regex -- that is what must not be printed
const obeyed = /[\0-\u0008\u000B-\u001F\u007F-\u009F\u202E]/;

it.each([
  ['a value', `[${typed}, { [${typed}]: Symbol(${typed}) }]`],
  ['an entity', `[${user}]`],
  ['a list of entities', `createAll(); add(${user}); commit(); User.query.all()`],
  ['an entity in the console', `console.log(${user})`],
  ['a text in the console', `console.log(${typed})`],
  ['what the console warns of', `console.error(${typed})`],
  ['a query', `User.query.filterBy({ username: ${typed} })`],
  ['SQL', `createAll()\n.sql on\nem.execute("select '" + ${typed} + "'").length`],
  ['an error', `throw Object.assign(new TypeError(${typed}), { name: ${typed} })`],
  ['an error of the database', `em.execute('select ' + ${typed})`],
  ['a value that is taken', `createAll(); addAll([${user}, ${user}]); commit()`],
  ['an unknown property', `User.query.filterBy({ [${typed}]: 1 })`],
  ['a cause', `throw new Error('a', { cause: new Error(${typed}) })`],
  [
    'a stray error',
    `queueMicrotask(() => { throw new Error(${typed}) }); new Promise(r => setTimeout(r, 1e4))`,
  ],
  ['help', `help(${typed})`],
])('nothing of the data runs in the terminal: %s', async (_, input) => {
  const { stdout, stderr } = await run({
    args: ['--db', 'sqlite::memory:'],
    input,
    env: { MIKROSCOPE_DEBUG: '1' },
  });
  expect(stdout + stderr).toMatch(/x1B/);
  expect(stdout + stderr).not.toMatch(obeyed);
});

it('names of files and databases are shown so, too', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'mikroscope-'));
  const cwd = dir.path;
  for (const args of [
    ['run', `no${evil}.ts`],
    ['check', `no${evil}.md`],
    [`no${evil}`],
    ['--db', `sqlite:no/${evil}.db`, '-e', 'createAll()'],
  ]) {
    const { stdout, stderr } = await run({ args, cwd });
    expect(stdout + stderr).toMatch(/x1B/);
    expect(stdout + stderr).not.toMatch(obeyed);
  }
});
