import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { run, type RunOptions } from '../../support/program.ts';
import { openProgram } from '../../support/terminal.ts';
import { type Files, writeProject } from '../../support/written-project.ts';

const main = new URL('../../../repl/main.ts', import.meta.url).pathname;
/** No project: the demo opens. */
const demo = { 'package.json': {} };
const config = `import { defineConfig, defineEntity, p } from '@mikro-orm/sqlite';
export const Tag = defineEntity({ name: 'Tag', properties: { id: p.integer().primary(), name: p.string() } });
export default defineConfig({ dbName: 'shop.db', entities: [Tag] });`;

/** What a line answers where these files are. */
async function answer(files: Files, code: string, options: RunOptions = {}): Promise<string> {
  const cwd = await writeProject(files);
  const { stdout, stderr } = await run({ args: ['-e', code], cwd, ...options });
  expect(stderr).not.toMatch(/node:internal|repl\/project|at .*node_modules/);
  return `${stdout}${stderr}`.trimEnd().replaceAll(cwd, '<here>');
}

describe('.mikroscoperc', () => {
  it('names what it exports, and what its default export makes of the session', async () => {
    const rc = `import { Tag } from './mikro-orm.config.js';
export const limit: number = 3;
export async function twice(n: number): Promise<number> { return n * 2; }
export default async ({ session, em, orm, entities }: any) => ({
  tags: () => session.query(entities.Tag).count(),
  same: session.entities.Tag === Tag.class && em === session.em && orm === session.orm && entities.Tag === Tag.class,
});`;
    const files = { 'mikro-orm.config.ts': config, '.mikroscoperc.ts': rc };
    expect(await answer(files, 'createAll(); [twice(limit) + 1, same, tags()]')).toBe('[ 7, true, 0 ]');
  });

  it.each<[string, Files, string]>([
    ['an object', { '.mikroscoperc.mjs': 'export default { n: 1 };' }, '1'],
    ['CommonJS', { '.mikroscoperc.js': 'exports.n = 2;' }, '2'],
    [
      'a function of CommonJS',
      { '.mikroscoperc.cjs': 'module.exports = ({ User }) => ({ n: User.name });' },
      "'User'",
    ],
    [
      'TypeScript that cannot be erased',
      { '.mikroscoperc.ts': 'enum N { A = 4 }\nexport const n = N.A;' },
      '4',
    ],
    [
      'TypeScript in CommonJS',
      { 'package.json': { type: 'commonjs' }, '.mikroscoperc.ts': 'const n: number = 5;\nexport = { n };' },
      '5',
    ],
    [
      'TypeScript beside JavaScript',
      {
        'package.json': { type: 'module', name: 'shop' },
        'mikro-orm.config.js': config,
        '.mikroscoperc.ts': 'export const n: number = 6;',
      },
      '6',
    ],
  ])('can be %s', async (_, files, answered) => {
    expect(await answer({ ...demo, ...files }, 'n')).toBe(answered);
  });

  it('runs its lines as if they were typed; an error does not keep the others from running', async () => {
    const start =
      "export const start = ['a = 1', 'nobody', 'createAll()', 'for (const n of [2, 3]) {\\n  a += n\\n}\\na'];";
    const cwd = await writeProject({ ...demo, '.mikroscoperc.mjs': start });
    expect(await run({ args: ['-e', 'a + 1'], cwd })).toEqual({
      code: 0,
      stdout: 'created post, user\n6\n7\n',
      stderr: 'Uncaught ReferenceError: nobody is not defined\n',
    });
  });

  it('can leave at start', async () => {
    expect(await answer({ ...demo, '.mikroscoperc.mjs': "export const start = 'exit()';" }, '1')).toBe('');
  });

  it('replaces nothing that the prompt provides, and says so', async () => {
    const rc = 'export const help = 1, User = 2, mine = 3;';
    expect(await answer({ ...demo, '.mikroscoperc.mjs': rc }, '[mine, User.name]')).toBe(
      "[ 3, 'User' ]\nUser, help of .mikroscoperc.mjs are left out: the prompt has those names already.",
    );
  });

  it.each<[string, string, string[]]>([
    [
      'throws',
      'const user = null;\nuser.name;',
      [
        ".mikroscoperc.mjs does not load: TypeError: Cannot read properties of null (reading 'name')",
        '    at .mikroscoperc.mjs:2:6',
      ],
    ],
    [
      'asks the session for what is not there',
      'export default ({ session, User }) => session.query(User).filterBy({ nam: 1 });',
      [
        ".mikroscoperc.mjs does not load: User has no property 'nam'",
        'User has id, username, email, password, posts.',
      ],
    ],
    [
      'imports what is not there',
      "import 'no-such';",
      ['The package no-such is not installed; .mikroscoperc.mjs imports it', 'Install it: npm i no-such'],
    ],
    [
      'has a start that is no text',
      'export const start = [1];',
      [
        '.mikroscoperc.mjs: start must be a string, or an array of strings',
        "Write: export const start = ['…'];",
      ],
    ],
  ])('that %s is complained of, and the shell starts', async (_, rc, complaint) => {
    expect(await answer({ ...demo, '.mikroscoperc.mjs': rc }, '1 + 1')).toBe(['2', ...complaint].join('\n'));
  });

  it('adds commands, which help lists and explains', async () => {
    const rc = `export const commands = [
  {
    name: 'newest',
    summary: 'Find the newest rows of an entity.',
    usage: 'newest(Entity)',
    example: ['> newest(User)', '[]'],
    run: ([entity], { session }) => session.query(entity).orderBy({ id: 'desc' }).all(),
  },
  { name: 'shout', form: 'dotted', summary: 'Say it loudly.', run: async ([text]) => text.toUpperCase() },
  { name: 'commit', summary: 'Taken.', run() {} },
  { name: 'sql', form: 'dotted', summary: 'Taken.', run() {} },
];`;
    const cwd = await writeProject({ ...demo, '.mikroscoperc.mjs': rc });
    const lines = ['createAll()', 'newest(User)', '.shout hey', 'help(newest)', '.help shout', 'commit()'];
    const { stdout, stderr } = await run({ input: [...lines, 'help()', '.shout'].join('\n'), cwd });
    expect(stdout).toContain(
      [
        'created post, user',
        '[]',
        "'HEY'",
        'newest(Entity)\n  Find the newest rows of an entity.\n\n  > newest(User)\n  []',
        '.shout\n  Say it loudly.',
        'nothing to commit\n',
      ].join('\n'),
    );
    expect(stdout).toMatch(
      /^Project\n {2}newest\(Entity\) +Find the newest rows of an entity\.\n {2}\.shout +Say it loudly\.$/m,
    );
    expect(stderr.split('\n')).toEqual([
      'commit, .sql of .mikroscoperc.mjs are left out: the prompt has those names already.',
      "Uncaught TypeError: Cannot read properties of undefined (reading 'toUpperCase')",
      expect.stringMatching(/^ {4}at .*\.mikroscoperc\.mjs:9:\d+\)?$/),
      '    at stdin:8',
      '',
    ]);
  });

  it('names the commands whose names it gives twice, and keeps what came first', async () => {
    const rc = `export const newest = () => 'helper';
export const commands = [
  { name: 'newest', summary: 'Taken.', run: () => 'command' },
  { name: 'shout', summary: 'First.', run: () => 'first' },
  { name: 'shout', summary: 'Second.', run: () => 'second' },
];`;
    const cwd = await writeProject({ ...demo, '.mikroscoperc.mjs': rc });
    expect(await run({ args: ['-e', '[newest(), shout()]'], cwd })).toEqual({
      code: 0,
      stdout: "[ 'helper', 'first' ]\n",
      stderr: 'newest, shout of .mikroscoperc.mjs are left out: the file has those names already.\n',
    });
  });

  it.each([
    ['1', 'commands must be an array, not 1'],
    ['[{}]', 'commands[0] has no name'],
    [
      "[{ name: 'x y', summary: '', run() {} }]",
      "commands[0] has a name that is not a name of letters and digits: 'x y'",
    ],
    ["[{ name: 'x', run() {} }]", 'commands[0] has no summary'],
    ["[{ name: 'x', summary: '', run: 1 }]", 'commands[0] has a run that is not a function: 1'],
    [
      "[{ name: 'x', summary: '', run() {}, usag: '' }]",
      "commands[0] has a property 'usag' that no command has",
    ],
    [
      "[{ name: 'x', summary: '', run() {}, form: 'dot' }]",
      "commands[0] has a form that is not 'function' or 'dotted': 'dot'",
    ],
    [
      "[{ name: 'x', summary: '', run() {}, argument: 1 }]",
      "commands[0] has an argument that is not 'file', or an array of strings: 1",
    ],
    ["[{ name: 'x', summary: '', run() {} }, null]", 'commands[1] must be an object, not null'],
  ])('whose commands are %s is complained of', async (commands, complaint) => {
    expect(
      await answer({ ...demo, '.mikroscoperc.mjs': `export const commands = ${commands};` }, '1 + 1'),
    ).toBe(
      [
        '2',
        `.mikroscoperc.mjs: ${complaint}`,
        'A command has a name, a summary and a run(args, names); it may have usage, example, form, type and argument.',
      ].join('\n'),
    );
  });

  it('is left out with --no-rc, in a recording and in check', async () => {
    const cwd = await writeProject({
      ...demo,
      '.mikroscoperc.mjs': 'export const mine = 1; export const start = \'console.log("loud")\';',
      'walk.repl.md': "```repl\n> typeof mine\n'undefined'\n```\n",
    });
    const typed = { cwd, input: 'typeof mine\n' };
    expect(await run({ ...typed, args: ['--no-rc'] })).toMatchObject({ stdout: "'undefined'\n" });
    expect(await run({ ...typed, args: ['record', 'new.repl.md'] })).toMatchObject({
      stdout: expect.stringMatching(/^Recording[^\n]*\n'undefined'\n/),
    });
    expect(await run({ cwd, args: ['check', 'walk.repl.md'] })).toMatchObject({ code: 0 });
  });

  it('is taken from the project that is open, and from nowhere else', async () => {
    const cwd = await writeProject({
      'mikro-orm.config.ts': config,
      '.mikroscoperc.mjs': "export const from = 'the project';",
      'src/.mikroscoperc.mjs': "export const from = 'src';",
      'sub/package.json': { name: 'sub', type: 'module' },
    });
    const from = async (folder: string, args: string[] = []) =>
      (await run({ args: [...args, '-e', 'typeof from === "string" ? from : "nowhere"'], cwd: folder }))
        .stdout;
    expect(await from(join(cwd, 'src'))).toBe("'the project'\n");
    expect(await from(join(cwd, 'sub'))).toBe("'nowhere'\n");
    expect(await from(join(cwd, 'sub'), ['--config', '../mikro-orm.config.ts'])).toBe("'the project'\n");
    const inPackage = await writeProject({
      'node_modules/some/package.json': { name: 'some' },
      'node_modules/some/.mikroscoperc.mjs': "export const from = 'a package';",
    });
    expect(await from(join(inPackage, 'node_modules/some'))).toBe("'nowhere'\n");
  });

  it('is mentioned above the prompt', async () => {
    const cwd = await writeProject({
      ...demo,
      '.mikroscoperc.mjs':
        "export const mine = 1, help = 2; export const start = 'mine + 1'; export const settings = { tip: false };",
    });
    const terminal = await openProgram(process.execPath, [main], cwd);
    expect(await terminal.shows('2\r\n> ')).toContain(
      [
        'Loaded .mikroscoperc.mjs: mine.',
        'help of .mikroscoperc.mjs is left out: the prompt has that name already.',
        '2',
      ].join('\r\n'),
    );
    terminal.press('mine + 2\r');
    await terminal.shows('\r\n3\r\n');
    await terminal.close();
  });

  it('has settings', async () => {
    const files = { ...demo, '.mikroscoperc.mjs': "export const settings = { sql: true, keys: 'vi' };" };
    const code = "typeof settings + ' ' + em.execute('select 1 as one')[0].one";
    expect(await answer(files, code, { env: { DATABASE_URL: 'sqlite::memory:' } })).toBe(
      "sql: select 1 as one\n'undefined 1'",
    );
  });

  it.each([
    ['{ keys: "nano" }', "the setting keys is 'emacs' or 'vi', not 'nano'"],
    [
      '{ color: true }',
      "there is no setting 'color'\nThere are keys, sql, prompt, colors, check, pager, pageSize and tip.",
    ],
    [
      '{ prompt: "a\\nb" }',
      "the setting prompt is a text of one line, of 40 characters at most, not 'a\\nb'",
    ],
    ['{ colors: { keyword: "pinkish" } }', 'the setting colors is an object of prompt, '],
    ['{ colors: { keywords: "red" } }', 'the setting colors is an object of prompt, '],
    ['{ pageSize: 0 }', 'the setting pageSize is a whole number from 1, not 0'],
    ['3', 'settings must be an object, not 3'],
  ])('says what is wrong with settings: %s', async (settings, problem) => {
    const shown = await answer({ ...demo, '.mikroscoperc.mjs': `export const settings = ${settings};` }, '1');
    expect(shown).toContain(`.mikroscoperc.mjs: ${problem}`);
  });

  it('has a prompt and colors of its own', async () => {
    const settings = "{ prompt: 'blog$ ', colors: { keyword: 'bold blue', number: 'none' } }";
    const files = { ...demo, '.mikroscoperc.mjs': `export const settings = ${settings};` };
    const cwd = await writeProject(files);
    const args = [main, '--db', 'sqlite::memory:'];
    const terminal = await openProgram(process.execPath, args, cwd, { env: {} });
    await terminal.shows('blog$ ');
    terminal.press('typeof 12345');
    await terminal.shows('12345');
    expect(terminal.written()).toContain('1;34mtypeof');
    expect(terminal.written()).not.toContain('33m12345');
    await terminal.close();
  });

  it('has the keys of vi at the prompt', async () => {
    const cwd = await writeProject({
      ...demo,
      '.mikroscoperc.mjs': "export const settings = { keys: 'vi' };",
    });
    const terminal = await openProgram(process.execPath, [main, '--db', 'sqlite::memory:'], cwd);
    await terminal.shows('> ');
    terminal.press('1 + 2');
    terminal.press('\u001B');
    await terminal.shows('1 + 2');
    terminal.press('r5\r');
    await terminal.shows('\r\n6');
    await terminal.close();
  });
});
