import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '../../support/databases.ts';
import { type Installed, npm, Projects } from '../../support/projects.ts';
import { openProgram } from '../../support/terminal.ts';

const names = ['define', 'legacy', 'es-decorators', 'javascript', 'commonjs', 'nest', 'monorepo'] as const;
/** npm fetches what seven projects need. */
const installTimeoutMs = 5 * 60_000;
let projects: Projects;
const installed = {} as Record<(typeof names)[number], Installed>;

beforeAll(async () => {
  projects = await Projects.pack();
  const waiting = [...names];
  const installNext = async (): Promise<void> => {
    const name = waiting.shift();
    if (name === undefined) return;
    installed[name] = await projects.install(name);
    return installNext();
  };
  await Promise.all([installNext(), installNext()]);
}, installTimeoutMs);

afterAll(() => projects.remove());

/** What a script prints in a project, or what it complains of. */
async function answers(
  name: keyof typeof installed,
  lines: readonly string[],
  options = {},
): Promise<string[]> {
  const { stdout, stderr } = await installed[name].run({ input: lines.join('\n'), ...options });
  return `${stdout}${stderr}`.trimEnd().split('\n');
}

describe('defineEntity and TypeScript', () => {
  it('has every entity by name, with a class of its own and without', async () => {
    expect(
      await answers('define', [
        'createAll()',
        "ann = new Author({ name: 'Ann' })",
        "add(new Book({ title: 'One', author: ann }))",
        'commit()',
        'Author.query.first()',
        'Book.query.first().author',
      ]),
    ).toEqual(['created author, book, map', 'committed 2 new (Author, Book)', 'Author Ann', 'Author Ann']);
  });

  it('queries a view', async () => {
    expect(await answers('define', ['Titles.query.all()'])).toEqual(["[ Titles { title: 'One', size: 3 } ]"]);
  });

  it('leaves a global what it is, and the entity of that name in entities', async () => {
    expect(await answers('define', ['new Map([[1, 2]])', 'entities.Map.query.all()', 'entities()'])).toEqual([
      'Map(1) { 1 => 2 }',
      '[]',
      'Author  author    3 properties',
      'Book    book      3 properties',
      'Map     map       2 properties',
      'Titles  no table  2 properties',
    ]);
  });

  it('says at a terminal what is open, and what names were taken', async () => {
    const terminal = await openProgram(process.execPath, [installed.define.program], installed.define.folder);
    const screen = await terminal.shows('> ');
    expect(screen).toContain('mikroscope on sqlite:shop.db in shop with 4 entities. help() for help');
    expect(screen).toContain('Some names were taken: Map is entities.Map.');
    terminal.press('Author.query.count()\r');
    await terminal.shows('\r\n1\r\n');
    await terminal.close();
  });

  it('is started by npx', async () => {
    const { stdout } = await npm(
      ['exec', '--', 'mikroscope', '-e', 'Author.query.count()'],
      installed.define.folder,
    );
    expect(stdout).toBe('1\n');
  });

  it('opens from a folder inside', async () => {
    const { stdout } = await installed.define.run({ args: ['-e', 'Author.query.count()'] }, 'src/entities');
    expect(stdout).toBe('1\n');
  });

  it('takes another database with --db, and not from DATABASE_URL', async () => {
    const url = ['session.database.url'];
    expect(await answers('define', url, { args: ['--db', 'sqlite::memory:'] })).toEqual([
      "'sqlite::memory:'",
    ]);
    expect(await answers('define', url, { env: { DATABASE_URL: 'sqlite:other.db' } })).toEqual([
      "'sqlite:shop.db'",
    ]);
    expect(await answers('define', url, { args: ['--db', 'mysql://a:hunter2@localhost/b'] })).toEqual([
      'The package @mikro-orm/mysql is not installed',
      'Install it: npm i @mikro-orm/mysql',
    ]);
  });
});

describe('legacy decorators', () => {
  it('load with their metadata, path aliases, .js imports and circles of imports', async () => {
    expect(
      await answers('legacy', [
        'createAll()',
        "ann = new Author('Ann')",
        "ann.address.city = 'Rome'",
        "add(new Book('One', ann))",
        'commit()',
        'Author.query.first().books.map(book => book.title)',
        'Author.query.first().address.city',
        'Author.query.first().createdAt',
        'new Address()',
        'entities()',
      ]),
    ).toEqual([
      'created author, book',
      'committed 2 new (Author, Book)',
      "[ 'One' ]",
      "'Rome'",
      '1970-01-01T00:00:00.000Z',
      'Address {}',
      'Author  author  9 properties',
      'Book    book    5 properties',
    ]);
  });
});

describe('ES decorators, an own TypeScript that cannot be called, and another 7.x', () => {
  it('has single-table inheritance, and leaves abstract classes out', async () => {
    expect(
      await answers('es-decorators', [
        'createAll()',
        "add(new Bird('Tit'))",
        "add(new Animal('Cat'))",
        'commit()',
        'Animal.query.orderBy({ id: 1 }).all().map(animal => animal.constructor.name)',
        'Bird.query.count()',
        'Keeper.query.all()',
        'typeof Thing',
        "(await import('@mikro-orm/core')).Utils.getORMVersion()",
      ]),
    ).toEqual([
      'created animal, keeper',
      'committed 2 new (Animal, Bird)',
      "[ 'Bird', 'Animal' ]",
      '1',
      '[]',
      "'undefined'",
      "'7.2.0'",
    ]);
  });
});

describe('plain JavaScript', () => {
  it('is found by the settings in package.json', async () => {
    expect(
      await answers('javascript', [
        'createAll()',
        "note = new Note('Buy milk')",
        'add(note)',
        'commit()',
        'Note.query.first().text',
        'Tag.query.all()',
      ]),
    ).toEqual(['created note, note_tags, tag', 'committed 1 new (Note)', "'Buy milk'", '[]']);
  });
});

describe('CommonJS with several contexts', () => {
  it.each([
    ['--context books', ['--context', 'books'], "'sqlite:books.db'"],
    ['--context of a function', ['--context', 'archive'], "'sqlite:archive.db'"],
    ['the only one', [], "'sqlite:books.db'"],
    [
      'one that is not there',
      ['--context', 'nope'],
      "src/mikro-orm.config.js has no context 'nope'; its contexts are books",
    ],
  ])('opens %s', async (_, args, shown) => {
    expect((await answers('commonjs', ['session.database.url'], { args }))[0]).toBe(shown);
  });
});

describe('TypeScript compiled to CommonJS, on PostgreSQL and on MikroORM 7.1', () => {
  it('works with its own copy of MikroORM', async () => {
    const database = await createDatabase('postgresql');
    const env = { BACKEND_URL: database.url };
    try {
      expect(await answers('nest', ['User.query.all()'], { env })).toEqual([
        "Uncaught MissingTable: There is no table 'users' in this database",
        'createAll() creates it.',
        '    at stdin:1',
      ]);
      expect(
        await answers(
          'nest',
          [
            'createAll()',
            'post = new Post()',
            "post.title = 'One'",
            'post.author = new User()',
            "post.author.email = 'a@demo.com'",
            'add(post)',
            'commit()',
            'User.query.first().posts.map(post => post.title)',
            "(await import('@mikro-orm/core')).Utils.getORMVersion()",
          ],
          { env },
        ),
      ).toEqual(['created posts, users', 'committed 2 new (Post, User)', "[ 'One' ]", "'7.1.14'"]);
    } finally {
      await database.drop();
    }
  });

  it('says in a sentence that the database cannot be reached, and no password', async () => {
    const { code, stderr } = await installed.nest.run({ args: ['-e', '1'] });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Nothing answers on localhost:1\nCheck host and port in the URL, and that the server runs.\n',
    });
  });
});

describe('a monorepo', () => {
  it('opens the package that it is started in, with TypeScript of another', async () => {
    const { stdout } = await installed.monorepo.run({ args: ['-e', 'entities()'] }, join('packages', 'api'));
    expect(stdout).toBe('Team  team  2 properties\n');
  });

  it('opens the demo where there is no project', async () => {
    const { stdout } = await installed.monorepo.run({ args: ['-e', 'Object.keys(entities)'] });
    expect(stdout).toBe("[ 'User', 'Post' ]\n");
  });
});

describe("mikroscope's own checkout", () => {
  it('is a project like any other to a mikroscope that is installed elsewhere', async () => {
    const { stdout, stderr } = await installed.javascript.run({
      cwd: fileURLToPath(new URL('../../../', import.meta.url)),
      args: ['--db', 'sqlite::memory:'],
      input: [
        'createAll()',
        "add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }))",
        'commit()',
        "add(new Post({ title: 'Blog 1', content: 'First', userId: 1 }))",
        'commit()',
        'Post.query.first().author',
      ].join('\n'),
    });
    expect({ stdout, stderr }).toEqual({
      stdout:
        "created post, user\ncommitted 1 new (User)\ncommitted 1 new (Post)\nUser('Corey', 'c@demo.com')\n",
      stderr: '',
    });
  });
});
