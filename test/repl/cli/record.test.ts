import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, dialects } from '../../support/databases.ts';
import { run } from '../../support/program.ts';
import { openTerminal } from '../../support/terminal.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mikroscope-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function record(url: string, ...lines: readonly string[]) {
  const { stdout } = await run({
    args: ['--db', url, 'record', 'walk.repl.md'],
    input: lines.join('\n'),
    cwd: folder,
    env: { TEST_POSTGRES_URL: process.env['TEST_POSTGRES_URL'] ?? '' },
  });
  return { stdout, text: await readFile(join(folder, 'walk.repl.md'), 'utf8') };
}

function check(...args: readonly string[]) {
  return run({ args: ['check', 'walk.repl.md', ...args], cwd: folder });
}

describe.each(dialects)('recorded on %s', dialect => {
  it('a session is a transcript that passes on both databases', async () => {
    const database = await createDatabase(dialect);
    const { stdout, text } = await record(
      database.url,
      'createAll()',
      "user = new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })",
      'add(user)',
      'commit()',
      "add(new Post({ title: 'Blog 1', content: '…', userId: user.id })); commit()",
      'user.posts',
      'for (const post of user.posts) {',
      '  console.log(post.title, post.author.username)',
      '}',
      "'```'",
      "console.log('> x'); console.log('<int>'); console.log('sql: y')",
      'user.psots',
    );
    await database.drop();
    // A script ends with its first error, and the recording is kept all the same.
    expect(stdout).toContain('Saved 10 steps in walk.repl.md. Replayed on a fresh database, it passes.');
    expect(text).toContain(`databases: [${dialect}]`);
    expect(text).toContain("password: '***'");
    expect(text).toContain("[ Post('Blog 1', '<date>') ]");
    expect(text).toContain('\\> x\n\\<int>\n\\sql: y\n');
    expect(await check('--db', 'sqlite:', '--db', process.env['TEST_POSTGRES_URL'] ?? '')).toMatchObject({
      code: 0,
      stderr: '',
    });
  });
});

describe('what is not the same on a fresh database', () => {
  it('values become wildcards, what was typed stays, and the tables come from a hidden block', async () => {
    const url = `sqlite:${join(folder, 'site.db')}`;
    const user = (name: string) => `new User({ username: '${name}', email: '${name}', password: 'secret' })`;
    await run({ args: ['--db', url, '-e', `createAll(); addAll([${user('a')}, ${user('b')}]); commit()`] });
    const { stdout, text } = await record(
      url,
      `c = ${user('c')}; add(c); commit()`,
      'c.id',
      'User.query.get(3)?.username',
      'crypto.randomUUID()',
      'new Date()',
      'Math.random()',
    );
    expect(text).toContain('<!-- repl setup\n> createAll()\n-->');
    expect(text).toContain("> c.id\n<int>\n> User.query.get(3)?.username\n'c'\n");
    expect(stdout).toMatch(/walk\.repl\.md:\d+: on a fresh database this prints nothing\. Type what/);
    expect(text).toContain("'<uuid>'\n> new Date()\n<date>\n> Math.random()\n<num>\n");
    expect((await check()).stdout).toMatch(/: 6 passed, 1 failed/);
  });

  it('12: what is random gets any wildcard, and what was there before is named', async () => {
    const url = `sqlite:${join(folder, 'site.db')}`;
    await run({
      args: [
        '--db',
        url,
        '-e',
        "createAll(); add(new User({ username: 'a', email: 'a', password: 'p' })); commit()",
      ],
    });
    const { stdout, text } = await record(
      url,
      'Math.random().toString(36).slice(2)',
      'User.query.all()',
      'User.query.count()',
    );
    expect(text).toContain(
      "slice(2)\n'<*>'\n> User.query.all()\n[ User('a', 'a') ]\n> User.query.count()\n<int>\n",
    );
    expect(stdout).toContain('it does not pass:\nwalk.repl.md:15: on a fresh database this prints []');
    expect((await check()).stdout).toMatch(/: 3 passed, 1 failed/);
  });

  it('what needs what was there before is said, and kept as it was', async () => {
    const url = `sqlite:${join(folder, 'site.db')}`;
    await run({
      args: [
        '--db',
        url,
        '-e',
        "createAll(); add(new User({ username: 'a', email: 'a', password: 'p' })); commit()",
      ],
    });
    const { stdout, text } = await record(url, 'User.query.first().username', '1 + 1');
    expect(stdout).toContain(
      'walk.repl.md:13: on a fresh database this gives TypeError: Cannot read properties',
    );
    expect(text).toContain("> User.query.first().username\n'a'\n> 1 + 1\n2\n");
  });

  it('values of hidden properties are masked, also computed ones', async () => {
    const { text } = await record(
      'sqlite::memory:',
      'createAll()',
      "const password = 'hunter2'",
      "u = new User({ username: 'u', email: 'e', password: password + '!' })",
      'u.password',
      '`it is ${u.password}`',
      "u.password = 'correct horse'",
      'u.password',
      "User.query.filterBy({ password: 'battery' }).count()",
    );
    expect(text).not.toMatch(/hunter2|correct horse|battery/);
    expect(await check()).toMatchObject({ code: 0 });
  });

  it('what the history does not keep is masked, too', async () => {
    const { text } = await record(
      'sqlite::memory:',
      'createAll()',
      `em.execute("select id from user where password = 'hunter2'")`,
      "headers = { Authorization: 'Bearer abcdefgh12345678' }",
      "apiKey = 'sk-live-abcdefghijklmnop'",
      '`the key is ${apiKey}`',
      "['sk-live-qrstuvwxyz012345'].length",
      "em.execute('select 1 as one', []); title = 'not so'",
    );
    expect(text).not.toMatch(/hunter2|abcdefgh|qrstuv/);
    expect(text).toContain("title = 'not so'");
    expect(text).toContain("where password = '***");
    expect(await check()).toMatchObject({ code: 0 });
  });
});

describe('.record at the prompt', () => {
  it('begins and ends, and complains in a line', async () => {
    const terminal = await openTerminal('--db', 'sqlite::memory:');
    const type = async (line: string, answer: string) => {
      terminal.press(`${line}\r`);
      await terminal.shows(answer);
    };
    await terminal.shows('> ');
    await type('.record off', 'Uncaught InvalidState: Nothing is being recorded\r\n.record FILE begins.');
    await type('.record', 'Write .record FILE to begin, and .record off to save it.');
    await type('.record walk', 'Recording to walk.repl.md; .record off saves it.');
    await type('.record other', 'walk.repl.md is being recorded');
    await type('createAll()', 'created post, user');
    await type('console.log(1)', '1');
    terminal.press('.sql on\r');
    await type('User.query.count()', 'sql: select');
    await type('.record off', 'Saved 3 steps in walk.repl.md. Replayed on a fresh database, it passes.');
    await type('.record walk', 'Uncaught BadArgument: walk.repl.md already exists\r\nChoose another name.');
    const text = await readFile(join(terminal.home, 'walk.repl.md'), 'utf8');
    expect(text).toContain(
      '```repl\n> createAll()\ncreated post, user\n> console.log(1)\n1\n> User.query.count()\n0\n```',
    );
    await terminal.close();
  });

  it('12: each step is in the file as soon as it is answered, with its secrets masked', async () => {
    const terminal = await openTerminal('--db', 'sqlite::memory:');
    const file = join(terminal.home, 'walk.repl.md');
    const type = async (line: string, answer: string) => {
      terminal.press(`${line}\r`);
      await terminal.shows(answer);
    };
    try {
      await terminal.shows('> ');
      await type('.record nodir/walk', 'There is no directory nodir\r\nChoose another name.');
      await type('.record walk', 'Recording to walk.repl.md');
      await type("password = 'hunter2'; 40 + 2", '42');
      expect(await readFile(file, 'utf8')).toContain("```repl\n> password = '***'; 40 + 2\n42\n```\n");
      await type('42 + 1', '43');
      expect(await readFile(file, 'utf8')).toContain('\n42\n> 42 + 1\n43\n```\n');
    } finally {
      await terminal.close();
    }
  });

  it('16: keeps what was printed apart from what was thrown', async () => {
    const { stdout, text } = await record(
      'sqlite::memory:',
      "console.log('Uncaught Error: a')",
      "throw new Error('b')",
    );
    expect(stdout).toContain('Replayed on a fresh database, it passes.');
    expect(text).toContain('\n\\Uncaught Error: a\n');
    expect(text).toContain('\nUncaught Error: b\n');
  });

  it('does not write over a file, nor begin where one is', async () => {
    await writeFile(join(folder, 'walk.repl.md'), 'mine');
    const { code, stderr } = await run({
      args: ['--db', 'sqlite::memory:', 'record', 'walk.repl.md'],
      input: '1',
      cwd: folder,
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'walk.repl.md already exists\nChoose another name.\n',
    });
    expect(await readFile(join(folder, 'walk.repl.md'), 'utf8')).toBe('mine');
  });
});
