import { describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDatabase, type Dialect } from '../../support/databases.ts';
import { run } from '../../support/program.ts';
import { openProgram } from '../../support/terminal.ts';
import { type Files, writeProject } from '../../support/written-project.ts';

const main = new URL('../../../repl/main.ts', import.meta.url).pathname;

const config = (...names: string[]) => `import { defineConfig } from '@mikro-orm/sqlite';
${names.map(name => `import { ${name} } from './${name.toLowerCase()}.js';`).join('\n')}
export default defineConfig({ dbName: 'shop.db', entities: [${names.join(', ')}] });`;

const user = (shown: string) => `import { defineEntity, p } from '@mikro-orm/core';
import { Post } from './post.js';
const schema = defineEntity({ name: 'User', properties: {
  id: p.integer().primary(), name: p.string(), posts: () => p.oneToMany(Post).mappedBy('author'),
} });
export class User extends schema.class { toString() { return ${shown}; } }
schema.setClass(User);`;

const post = `import { defineEntity, p } from '@mikro-orm/core';
import { User } from './user.js';
export const Post = defineEntity({ name: 'Post', properties: {
  id: p.integer().primary(), title: p.string(), author: () => p.manyToOne(User).nullable(),
} });`;

const tag = `import { defineEntity, p } from '@mikro-orm/core';
export const Tag = defineEntity({ name: 'Tag', properties: { id: p.integer().primary() } });`;

const shop = {
  'mikro-orm.config.ts': config('User', 'Post'),
  'user.ts': user('`old ${this.name}`'),
  'post.ts': post,
};

const rows = ["createAll(); add(new Post({ title: 'One', author: new User({ name: 'Ann' }) })); commit()"];

/** Reloads, and prints what came of it; an error would end the script. */
const reloads = `const attempt = async () => {
  try {
    console.log(String(await reload()));
  } catch ({ name, message, hint }) {
    console.log([\`\${name}: \${message}\`, hint].join('\\n'));
  }
};`;

/** A line that changes a file of the project. */
const write = (file: string, text: string) =>
  `require('node:fs').writeFileSync('${file}', ${JSON.stringify(text)})`;

/** What lines answer after the rows are there. */
async function answers(files: Files, lines: readonly string[], args: string[] = []): Promise<string[]> {
  const cwd = await writeProject(files);
  const input = [...rows, reloads, ...lines].join('\n');
  const { stdout, stderr } = await run({ args, cwd, input });
  expect(stdout + stderr).not.toMatch(/node:internal|repl\/project|at .*node_modules/);
  const said = `${stdout}${stderr}`.trimEnd().replaceAll(cwd, '<here>').split('\n');
  return said.slice(said.indexOf('committed 2 new (Post, User)') + 1);
}

const changed = write('user.ts', user('`new ${this.name}`'));

describe('reload()', () => {
  it('takes in a changed entity, and variables hold their rows again', async () => {
    expect(
      await answers(shop, [
        'ann = User.query.one(); list = [ann, 1, ann]; box = { ann, n: 2 }; posts = ann.posts; one = posts[0]',
        'U = User; some = User.query.filterBy({ name: "Ann" }); old = { ann, session, add }',
        changed,
        'attempt()',
        '[ann, ann === list[0] && ann === list[2] && ann === box.ann && ann === one.author]',
        'posts',
        '[U === User, some.one() === ann, old.ann === ann, old.session === session]',
        "ann.name = 'Bea'; old.add(new Post({ title: 'Two', author: ann })); commit()",
        '[User.query.one(), posts.length]',
      ]),
    ).toEqual([
      'reloaded 2 entities',
      '[ new Ann, true ]',
      "[ Post { id: 1, title: 'One', author: new Ann } ]",
      '[ true, true, true, false ]',
      'committed 1 new (Post), 1 changed (User)',
      '[ new Bea, 2 ]',
    ]);
  });

  it('keeps a constant one', async () => {
    const cwd = await writeProject(shop);
    const input = [...rows, 'const ann = User.query.one()', changed, 'reload()', 'ann', 'ann = 1'].join('\n');
    const { stdout, stderr } = await run({ cwd, input });
    expect(stdout).toContain('reloaded 2 entities\nnew Ann\n');
    expect(stderr).toBe('Uncaught TypeError: Assignment to constant variable.\n    at stdin:6\n');
  });

  it('says what came and went, and which variables could not follow', async () => {
    expect(
      await answers(shop, [
        "ann = User.query.one(); bob = new User({ name: 'Bob' }); add(bob); commit(); one = Post.query.one()",
        "em.execute('delete from user where id = 2'); draft = new User({ name: 'Cid' })",
        write('tag.ts', tag),
        write(
          'user.ts',
          user("'new'")
            .replace(/import.*post.*\n/, '')
            .replace(/, posts: .*/, ','),
        ),
        write('mikro-orm.config.ts', config('User', 'Tag')),
        'attempt()',
        '[ann, bob.name, one.title, typeof Post]',
        'createAll(); new Tag()',
      ]),
    ).toEqual([
      'reloaded 2 entities (+ Tag, - Post)',
      'bob, one, draft still hold old rows or classes: they were not found after the reload.',
      "[ new, 'Bob', 'One', 'undefined' ]",
      'Tag {}',
    ]);
  });

  it('leaves everything as it was where the changed files do not load', async () => {
    expect(
      await answers(shop, [
        'ann = User.query.one()',
        write('user.ts', "throw new Error('not today');\nexport class User {}"),
        'attempt()',
        "ann.name = 'Bea'; commit()",
        write('user.ts', user("'x'").replace('p.string()', "p.manyToOne('Nobody')")),
        'attempt()',
        'User.query.one() === ann',
        changed,
        'attempt()',
        'ann',
      ]),
    ).toEqual([
      'BadConfiguration: mikro-orm.config.ts does not load: not today',
      '    at user.ts:1:7',
      'Until then everything stays as it was.',
      'committed 1 changed (User)',
      expect.stringMatching(/^BadConfiguration: .*Nobody/),
      'Fix the entity or the configuration and reload() again.',
      'Until then everything stays as it was.',
      'true',
      'reloaded 2 entities',
      'new Bea',
    ]);
  });

  it('refuses to lose anything where nobody can be asked', async () => {
    expect(
      await answers(shop, [
        "ann = User.query.one(); ann.name = 'Bea'",
        'attempt()',
        'flush()',
        'attempt()',
        'rollback()',
        'attempt()',
      ]),
    ).toEqual([
      'Refused: Reloading would lose what is not committed: 1 changed (User)',
      'commit() or rollback() first.',
      'flushed 1 changed (User)',
      'Refused: Reloading would lose what is not committed: 1 changed (User)',
      'commit() or rollback() first.',
      'rolled back 1 changed (User)',
      'reloaded 2 entities',
    ]);
  });

  it('refuses to lose what a sandbox holds', async () => {
    const cwd = await writeProject(shop);
    await run({ cwd, input: rows.join('\n') });
    const lines = (...more: string[]) => ({
      cwd,
      args: ['--sandbox'],
      input: ['ann = User.query.one()', reloads, ...more, 'attempt()', 'ann'].join('\n'),
    });
    expect((await run(lines(changed))).stdout).toBe('reloaded 2 entities\nnew Ann\n');
    expect((await run(lines("ann.name = 'Bea'; commit()"))).stdout).toContain(
      'Refused: Reloading would lose what the sandbox holds\nRestart mikroscope instead.\nnew Bea\n',
    );
  });

  it('refuses another database, and one in memory', async () => {
    const other = config('User', 'Post').replace('shop.db', 'other.db');
    expect(
      await answers(shop, [write('mikro-orm.config.ts', other), 'attempt()', 'User.query.one()']),
    ).toEqual([
      'InvalidState: The configuration now names another database, sqlite:other.db',
      'Restart mikroscope to use it; this session stays as it is.',
      'old Ann',
    ]);
    expect(await answers(shop, ['attempt()', 'User.query.one()'], ['--db', 'sqlite::memory:'])).toEqual([
      'InvalidState: Reloading would lose sqlite::memory:, which is gone with its connection',
      'Use a file: --db sqlite:site.db',
      'old Ann',
    ]);
  });

  it('has nothing to do in the demo, where help() does not list it', async () => {
    const cwd = await writeProject({ 'package.json': {} });
    expect(await run({ cwd, args: ['-e', 'reload()'] })).toMatchObject({
      stderr:
        'Uncaught InvalidState: There is nothing to reload, as no project is open\nStart mikroscope in a project.\n',
    });
    expect((await run({ cwd, args: ['-e', 'help()'] })).stdout).not.toContain('reload()');
  });

  it.each<Dialect>(['postgresql', 'pglite'])('works on %s', async dialect => {
    const database = await createDatabase(dialect);
    expect(
      await answers(
        shop,
        [
          'ann = User.query.one()',
          write('user.ts', 'export const User = nothing;'),
          'attempt()',
          "ann.name = 'Bea'; commit()",
          changed,
          'attempt()',
          'ann',
        ],
        ['--db', database.url],
      ),
    ).toEqual([
      'BadConfiguration: mikro-orm.config.ts does not load: ReferenceError: nothing is not defined',
      '    at user.ts:1:21',
      'Until then everything stays as it was.',
      'committed 1 changed (User)',
      'reloaded 2 entities',
      'new Bea',
    ]);
    await database.drop();
  });

  it.each<[string, Files]>([
    [
      'JavaScript',
      Object.fromEntries(Object.entries(shop).map(([name, text]) => [name.replace('.ts', '.js'), text])),
    ],
    [
      'CommonJS',
      {
        'package.json': { name: 'shop', type: 'commonjs' },
        'mikro-orm.config.js': `const { defineConfig } = require('@mikro-orm/sqlite');
module.exports = defineConfig({ dbName: 'shop.db', entities: require('./entities') });`,
        'entities.js': `const { defineEntity, p } = require('@mikro-orm/core');
const user = defineEntity({ name: 'User', properties: { id: p.integer().primary(), name: p.string() } });
class User extends user.class { toString() { return require('./shown').shown(this); } }
user.setClass(User);
const Post = defineEntity({ name: 'Post', properties: { id: p.integer().primary(), title: p.string(), author: () => p.manyToOne(User) } });
module.exports = [User, Post];`,
        'shown.js': 'exports.shown = user => `old ${user.name}`;',
      },
    ],
    [
      'TypeScript in CommonJS',
      {
        ...shop,
        'package.json': { name: 'shop', type: 'commonjs' },
        'tsconfig.json': { compilerOptions: { module: 'node20' } },
      },
    ],
  ])('takes in %s', async (kind, files) => {
    const change =
      kind === 'CommonJS'
        ? write('shown.js', 'exports.shown = user => `new ${user.name}`;')
        : changed.replace('user.ts', kind === 'JavaScript' ? 'user.js' : 'user.ts');
    expect(await answers(files, ['ann = User.query.one()', change, 'attempt()', 'ann'])).toEqual([
      'reloaded 2 entities',
      'new Ann',
    ]);
  });

  it("takes in the project's own file, but for what was given another meaning since", async () => {
    const rc = (text: string) => `import { User } from './user.js';
export const isUser = (value: object) => value instanceof User;
export const text = '${text}', mine = '${text}';
export function boom() { throw new TypeError('boom'); }
export const start = ['console.log("once")'];`;
    expect(
      await answers({ ...shop, '.mikroscoperc.ts': rc('old') }, [
        "ann = User.query.one(); mine = 'typed'",
        write('.mikroscoperc.ts', rc('new')),
        changed,
        'attempt()',
        '[text, mine, isUser(ann)]',
        write('.mikroscoperc.ts', "throw new Error('broken');"),
        'attempt()',
        'text',
        'boom()',
      ]),
    ).toEqual([
      'reloaded 2 entities',
      "[ 'new', 'typed', true ]",
      'reloaded 2 entities',
      '.mikroscoperc.ts does not load: broken',
      '    at .mikroscoperc.ts:1:7',
      "'new'",
      'Uncaught TypeError: boom',
      '    at boom (file://<here>/.mikroscoperc.ts:4:32)',
      '    at stdin:17',
    ]);
  });

  it('asks at a terminal before anything is lost', async () => {
    const cwd = await writeProject(shop);
    await run({ cwd, input: rows.join('\n') });
    const terminal = await openProgram(process.execPath, [main], cwd);
    await terminal.shows('> ');
    terminal.press("ann = User.query.one(); ann.name = 'Bea'; ann\r");
    await terminal.shows('old Bea');
    await writeFile(
      join(cwd, 'user.ts'),
      (await readFile(join(cwd, 'user.ts'), 'utf8')).replace('old', 'new'),
    );
    terminal.press('reload()\r');
    await terminal.shows('Reloading loses what is not committed: 1 changed (User). Go on? [y/N] ');
    terminal.press('\r');
    await terminal.shows('Uncaught Refused: Nothing was reloaded');
    terminal.press('ann\r');
    await terminal.shows('old Bea');
    terminal.press('reload()\r');
    await terminal.shows('[y/N] ');
    terminal.press('y\r');
    await terminal.shows('reloaded 2 entities');
    terminal.press('ann\r');
    await terminal.shows('new Ann');
    await terminal.close();
  });
});
