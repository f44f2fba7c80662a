import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession, Query } from '../../../src/index.ts';
import { readDocstrings } from '../../../repl/help/docstrings.ts';
import { readMarkdown } from '../../../repl/help/markdown.ts';
import { topics } from '../../../repl/help/topics.ts';
import { render } from '../../../repl/render/render.ts';
import { Shell } from '../../../repl/shell.ts';

let shell: Shell;

beforeAll(async () => {
  shell = new Shell({
    session: await openSession({ url: 'sqlite::memory:' }),
    console,
    load: name => import(name),
  });
  await shell.respond("user = new User({ username: 'a' }); total = 3");
});

afterAll(() => shell.session.close());

async function printed(line: string): Promise<string> {
  return render(await shell.respond(line), { width: 80, color: false }) ?? '';
}

describe('help on a method', () => {
  it.each<[asked: string, shown: string]>([
    [
      'User.query.filterBy?',
      'filterBy(values: object): Query<T>\n  Keeps the rows whose fields have these values;',
    ],
    ['help(User.query.filterBy)', 'filterBy(values: object): Query<T>\n'],
    ["help('User.query.filterBy')", 'filterBy(values: object): Query<T>\n'],
    ['.help User.query.filterBy()', 'filterBy(values: object): Query<T>\n'],
    ['query.first?', 'first(): T | null\n  The first row, or null.'],
    ['User.query.get?', 'get(key: unknown): T | null\n'],
    ['help(User.query.get)', 'get(key: unknown): T | null\n'],
    ['help(User.query.count)', 'count(): number\n'],
    ['session.dirty?', 'dirty: object[]\n'],
    ['db.session.has?', 'has('],
    ['help(session.has)', 'has('],
    ['em.find?', 'find('],
    ['help(em.find)', 'find('],
    ['em.getReference?', 'getReference('],
    ['orm.close?', 'close('],
    ['commit?', 'commit()\n  Save everything staged'],
    ['db.session.commit()?', 'commit()\n  Save everything staged'],
    ['.sql?', '.sql on\n'],
    ['User?', 'User\n'],
    ['  User ?  ', 'User\n'],
    ['user?', 'User\n  An entity'],
    ['help(user)', 'User\n  An entity'],
    ['user.posts.add?', 'add('],
    ['user.posts?', 'User.posts: Post[]\n  1:n, other side Post.author.'],
    ['user.username?', 'User.username: string\n  unique, required.'],
    ['Post.author?', 'Post.author: User?\n  m:1, other side User.posts, in user_id.'],
    ['User.query?', 'Query\n'],
    ['total?', 'total\n  Is a number.'],
  ])('%s', async (asked, shown) => {
    await expect(printed(asked)).resolves.toContain(shown);
    expect((await printed(asked)).startsWith(shown.split('\n')[0] ?? '')).toBe(true);
  });

  it('is there for each method of queries, with its example as it is typed', async () => {
    const docstrings = await readDocstrings({ className: 'Query', source: 'src/query/query.ts' });
    const methods = Object.getOwnPropertyNames(Query.prototype).filter(
      name => !/^constructor$|^toString$/.test(name),
    );
    expect([...docstrings.keys()].toSorted()).toEqual(methods.toSorted());
    await expect(printed('User.query.filterBy?')).resolves.toContain(
      "  > Post.query.filterBy({ author: corey, title: 'Blog 1' }).all();",
    );
  });

  it.each(['nope?', 'User.nope?', 'User.query.nope?', 'em.nope?', 'em.constructor?', '_x.y?'])(
    '%s is none',
    async asked => {
      await expect(printed(asked)).resolves.toMatch(
        /^There is no help on .*\. help\(\) lists all commands\.$/,
      );
    },
  );

  it.each(['a ? b : c', 'x?.y', '1?', 'user ?? 1', 'f()()?', 'a?b'])('%s does not ask for it', asked => {
    expect(shell.read(asked).kind).not.toBe('command');
  });
});

describe('help on an entity', () => {
  it('shows what metadata says of its properties', async () => {
    await expect(printed('Post?')).resolves.toBe(
      [
        'Post',
        '  An entity, whose rows are in the table post. Post.query finds them: all(),',
        '  first(), filterBy({ … }).',
        '',
        '  id          number   primary key',
        '  title       string   required',
        '  content     string   required',
        '  datePosted  Date     required, in date_posted',
        '  author      User?    m:1, other side User.posts, in user_id',
        '  userId      number?  not written',
      ].join('\n'),
    );
  });

  it('fits a narrow screen', async () => {
    const shown = render(await shell.respond('Post?'), { width: 40, color: false }) ?? '';
    expect(Math.max(...shown.split('\n').map(line => line.length))).toBeLessThanOrEqual(44);
  });
});

describe('help on a topic', () => {
  it('is there for each document, and is listed', async () => {
    const listed = await printed('help()');
    const all = await topics();
    expect(all.map(([name]) => name)).toEqual(
      expect.arrayContaining(['transactions', 'transcripts', 'waiting']),
    );
    for (const [name, title] of all) {
      expect(listed).toContain(title);
      await expect(printed(`help('${title.toLowerCase()}')`)).resolves.toMatch(new RegExp(`^${title}\n`));
      expect(listed.includes(`help('${name}')`) || listed.includes(`help('${title.toLowerCase()}')`)).toBe(
        true,
      );
    }
  });

  it('is there for a word of a heading', async () => {
    await expect(printed("help('states')")).resolves.toMatch(/^The states of an object\n/m);
    await expect(printed("help('timers')")).resolves.toMatch(/^Timers\n/);
    await expect(printed("help('of')")).resolves.toMatch(/^There is no help on of/);
  });

  it('shows no mark of Markdown', async () => {
    for (const [, title] of await topics()) {
      const shown = await printed(`help('${title.toLowerCase()}')`);
      // What is indented may be code.
      expect(shown).not.toMatch(/^(?:#|\S.*(?:\]\(|\*\*))/m);
    }
  });
});

describe('Markdown', () => {
  it('becomes parts of a page', () => {
    const text =
      '# A *title*\n\nSome `code`\nand [a link](x.md).\n\n- one\n- two\n\n```repl\n> 1\n1\n```\n\n## Then\n\n| a | b | c |\n| - | - | - |\n| 1 | 2 | 3 |\n| 4 |   | 5 |\n';
    expect(readMarkdown(text)).toEqual([
      {
        title: 'A title',
        level: 1,
        parts: [
          { kind: 'paragraph', text: 'Some code and a link.' },
          { kind: 'paragraph', text: '- one' },
          { kind: 'paragraph', text: '- two' },
          { kind: 'lines', lines: ['> 1', '1'] },
        ],
      },
      {
        title: 'Then',
        level: 2,
        parts: [
          {
            kind: 'list',
            heading: 'a / b / c',
            entries: [
              ['1', 'b: 2. c: 3'],
              ['4', 'c: 5'],
            ],
          },
        ],
      },
    ]);
  });
});
