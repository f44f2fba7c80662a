import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defineEntity, p } from '@mikro-orm/core';
import { openSession, User } from '../../src/index.ts';
import type { Answer } from '../../repl/answer/answer.ts';
import type { Command } from '../../repl/commands/command.ts';
import { render } from '../../repl/render/render.ts';
import { Shell } from '../../repl/shell.ts';

/** A command of a front end. */
const shout: Command = {
  name: 'shout',
  form: 'dotted',
  group: 'Shell',
  summary: 'Say it loudly.',
  usage: '.shout WORD',
  example: ['> .shout hey', "'HEY'"],
  run([word]) {
    if (typeof word !== 'string') throw new TypeError('Nothing to shout');
    return word.toUpperCase();
  },
};

const corey = "new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })";
let shell: Shell;

beforeEach(async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  shell = new Shell({ session, console, load: name => import(name), commands: [shout] });
});

afterEach(() => shell.session.close());

/** Runs lines. @returns the last answer */
async function answer(...lines: readonly string[]): Promise<Answer> {
  let last: Answer = { kind: 'nothing' };
  for (const line of lines) last = await shell.respond(line);
  return last;
}

async function printed(...lines: readonly string[]): Promise<string | undefined> {
  return render(await answer(...lines), { width: 80, color: false });
}

describe('an answer', () => {
  it.each<[line: string, kind: Answer['kind']]>([
    ['', 'nothing'],
    ['x = 1', 'nothing'],
    ['1 + 1', 'value'],
    ['User.query.all()', 'entities'],
    ['User.query', 'sql'],
    ['entities()', 'table'],
    ['entities', 'table'],
    [`add(${corey}); commit()`, 'changes'],
    ['dropAll()', 'changes'],
    ['help()', 'page'],
    ['help', 'page'],
    ['.help commit', 'page'],
    ['exit()', 'exit'],
    ['quit', 'exit'],
    ['.exit', 'exit'],
    ['.shout hey', 'value'],
    ['nope', 'error'],
    ['let = ', 'error'],
    ['.nope', 'error'],
    ['.shout', 'error'],
  ])('to %j is %s', async (line, kind) => {
    expect(await answer('createAll()', line)).toMatchObject({ kind });
  });

  it('is a value that can be kept, too', async () => {
    expect(await printed('createAll()', `add(${corey})`, 'report = commit()', 'report')).toBe(
      'committed 1 new (User)',
    );
    expect(await printed('report.new')).toBe('1');
    expect(await printed('list = entities()', 'list')).toBe(
      'Post  post  6 properties\nUser  user  5 properties',
    );
    expect(await printed('list.map(each => each.name)')).toBe("[ 'Post', 'User' ]");
    expect(await printed('left = exit()')).toBeUndefined();
  });

  it('is only what it looks like where a command made it', async () => {
    expect(await answer("({ kind: 'text', text: 'mine' })")).toMatchObject({ kind: 'value' });
  });

  it('begins with the SQL that ran for it, from .sql on to .sql off', async () => {
    expect(await answer('createAll()', '.sql on', 'User.query.count()')).toMatchObject({
      value: 0,
      sql: [expect.stringMatching(/^select count/)],
    });
    expect(await answer('.sql off', '1')).not.toHaveProperty('sql');
    expect(await printed('.sql')).toMatch(
      /^Uncaught BadArgument: \.sql takes on or off\nWrite \.sql on, or \.sql off\.$/m,
    );
  });
});

describe('a value that resists', () => {
  const custom = "Symbol.for('nodejs.util.inspect.custom')";

  it.each([
    [
      'throws while it is inspected',
      `({ [${custom}]() { throw new Error('mine') } })`,
      'Uncaught Error: mine',
    ],
    [
      'is thrown and throws then',
      `throw { [${custom}]() { throw new Error('mine') } }`,
      'Uncaught Error: mine',
    ],
    [
      'is an error without a message to read',
      "throw Object.defineProperty(new Error(), 'message', { get() { throw new Error('mine') } })",
      'Uncaught Error: mine',
    ],
    [
      'throws itself, again and again',
      `class Evil extends Error { get message() { throw new Evil() } }; throw new Evil()`,
      'Uncaught (a value that cannot be shown)',
    ],
    [
      'has no stack to read',
      "throw { get stack() { throw new Error('mine') } }",
      'Uncaught { stack: [Getter] }',
    ],
    ['is a revoked proxy', 'r = Proxy.revocable({}, {}); r.revoke(); r.proxy', '<Revoked Proxy>'],
    ['is thrown as a revoked proxy', 'throw r.proxy', expect.stringMatching(/^Uncaught /)],
    ['has traps', "new Proxy({ a: 1 }, { get() { throw new Error('trap') } })", '{ a: 1 }'],
  ])('that %s does not end the prompt', async (_, line, shown) => {
    const lines = ['r = Proxy.revocable({}, {}); r.revoke()', line];
    expect(await printed(...lines)).toEqual(shown);
    expect(await printed('1 + 1')).toBe('2');
  });
});

describe('.compiled', () => {
  it('shows the JavaScript of the last line', async () => {
    expect(await printed('.compiled')).toMatch(
      /^Uncaught NotFound: Nothing has been compiled yet\nType a line first\.$/m,
    );
    expect(await printed('const answer: number = 6 * 7', 'help', '.compiled')).toMatch(
      /^\(\w+, \w+, \w+\) => async \(\) => .*6 \* 7/,
    );
  });
});

describe('help', () => {
  it('lists and explains every command in one way, with those of the front end', async () => {
    const listed = await printed('help()');
    const wide = render(await answer('help()'), { width: 200, color: false });
    const lines = wide?.split('\n').map(line => line.replace(/(?<=\S) {2,}/, ' '));
    const here = shell.commands.filter(({ isUseful }) => isUseful?.(shell) ?? true);
    expect(lines).toEqual(expect.arrayContaining(here.map(each => `  ${each.usage} ${each.summary}`)));
    expect(await printed('help')).toBe(listed);
    expect(await printed('.help')).toBe(listed);
    const explained = ".shout WORD\n  Say it loudly.\n\n  > .shout hey\n  'HEY'";
    for (const asked of ["help('shout')", "help('.shout')", '.help shout', '.help .shout'])
      expect(await printed(asked)).toBe(explained);
  });

  it.each(['help(commit)', "help('commit')", '.help commit()', "help('db.session.commit')", 'help(x)'])(
    'explains one: %s',
    async asked => {
      expect(await printed('x = commit', asked)).toBe(
        [
          'commit()',
          '  Save everything staged, in one transaction. Also: db.session.commit().',
          '',
          '  > add(user)',
          '  > commit()',
          '  committed 1 new (User)',
        ].join('\n'),
      );
    },
  );

  it.each([
    ['help(exit)', 'exit()'],
    ['help(quit)', 'exit()'],
    ['help(help)', 'help(commit)'],
    ['help(entities)', 'entities()'],
    ["help('sql')", '.sql on'],
  ])('explains %s', async (asked, usage) => {
    expect((await printed(asked))?.split('\n')[0]).toBe(usage);
  });

  it.each([
    ["help('delete')", 'remove(object)'],
    ["help('db.session.delete()')", 'remove(object)'],
    ['help(session.commit)', 'commit()'],
    ['help(User)', 'User\n  An entity, whose rows are in the table user.'],
    ["help('Post')", 'Post\n  An entity, whose rows are in the table post.'],
    ['help(db)', 'db\n'],
    ['help(session)', 'session\n'],
    ["help('em')", 'em\n'],
    ['help(orm)', 'orm\n'],
  ])('explains %s, too', async (asked, explained) => {
    expect((await printed(asked))?.startsWith(explained)).toBe(true);
  });

  it.each([80, 50])('fits a screen of %s columns', async width => {
    for (const asked of ['help()', ...shell.commands.map(({ name }) => `help('${name}')`), 'help(session)']) {
      const answered = await answer(asked);
      const page =
        answered.kind === 'page'
          ? { ...answered, parts: answered.parts.filter(({ kind }) => kind !== 'lines') }
          : answered;
      const lines = render(page, { width, color: false })?.split('\n') ?? [];
      expect(lines.filter(line => line.length > width)).toEqual([]);
    }
  });

  it('has examples that fit 80 columns', () => {
    const lines = shell.commands.flatMap(({ example }) => example);
    expect(lines.filter(line => line.length > 78)).toEqual([]);
  });

  it('says where there is none', async () => {
    expect(await printed("help('nope')")).toBe('There is no help on nope. help() lists all commands.');
    expect(await printed('help(1)')).toBe('There is no help on that. help() lists all commands.');
  });
});

describe('many rows', () => {
  it('46: are stopped while they become objects, which nothing else gets a turn in', async () => {
    const { session } = shell;
    await answer('createAll()', `add(${corey}); commit(); em.clear()`);
    const unsubscribe = session.sql.subscribe(() => void shell.interrupt());
    expect(await answer('User.query.all()')).toMatchObject({ kind: 'interrupted' });
    unsubscribe();
    // It comes after what was left.
    expect(await printed('User.query.count()')).toBe('1');
    expect(session.em.getUnitOfWork().getIdentityMap().keys()).toEqual([]);
    expect(await printed('User.query.all()')).toBe("[ User('Corey', 'c@demo.com') ]");
  });

  it('46: are stopped in a fork, too', async () => {
    await answer('createAll()', `add(${corey}); commit()`);
    const enough = new Error('enough');
    shell.session.beforeEachRow(() => {
      throw enough;
    });
    await expect(shell.session.em.fork().find(User, {})).rejects.toBe(enough);
  });
});

describe('what earlier lines have shown', () => {
  it.each<[lines: readonly string[], shown: string]>([
    [['1 + 1', '_'], '2'],
    [['1', '2', '3', '[_, $1, $2, typeof $3]'], "[ 3, 2, 1, 'undefined' ]"],
    [['1', '2', '_', '_', '[_, $1]'], '[ 2, 1 ]'],
    [['7', 'x = 8', 'undefined', '_'], '7'],
    [['7', 'help(add)', '_'], '7'],
    [['7', 'dropAll()', 'createAll()', '_'], '7'],
    [['7', 'null.x', '_'], '7'],
    [['null', '_'], 'null'],
    [['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '[_, $1, $9]'], '[ 11, 10, 2 ]'],
    [['5', '_ = 6', '7', '_'], '6'],
    [['let _ = 6', '7', '_'], '6'],
    [['new User({ username: "Corey" })', '_.username'], "'Corey'"],
    [['User.query', '_.count'], '[Function: count]'],
    [['throw 3', '_error'], '3'],
    [['comit()', '_error.message'], "'comit is not defined'"],
    [['1 +* 2', '_error.name'], "'SyntaxError'"],
    [['null.x', '1', '_error.name'], "'TypeError'"],
  ])('%j → %s', async (lines, shown) => {
    await expect(printed(...lines)).resolves.toBe(shown);
  });

  it('is nothing before the first', async () => {
    await expect(printed('_')).resolves.toContain('_ is not defined');
    await expect(printed('_error.message')).resolves.toBe("'_ is not defined'");
  });

  it('.stack shows the whole stack of the last error, with its causes', async () => {
    await expect(printed('.stack')).resolves.toContain('Nothing has failed yet');
    await answer("throw new Error('outer', { cause: new TypeError('inner') })", '_error = 3', '1');
    const shown = await printed('.stack');
    expect(shown).toMatch(/^Uncaught Error: outer\n {4}at .*\n/);
    expect(shown).toMatch(/\nCaused by: TypeError: inner\n {4}at /);
  });

  it('is gone with the session that it was read in', async () => {
    await answer('1');
    const next = await openSession({ url: 'sqlite::memory:' });
    await shell.session.close();
    shell.adopt(next);
    await expect(printed('typeof _')).resolves.toBe("'undefined'");
  });
});

describe('entities that are called as a global', () => {
  const entityNames = [
    'Event',
    'File',
    'Request',
    'Response',
    'Performance',
    'Map',
    'Promise',
    'Iterator',
    'Buffer',
  ];

  it('have the name, unless it is one of the language or of Node', async () => {
    const entities = entityNames.map(name =>
      defineEntity({ name, properties: { id: p.integer().primary(), title: p.string().nullable() } }),
    );
    const session = await openSession({ url: 'sqlite::memory:', entities: entities as never });
    const own = new Shell({ session, console, load: name => import(name) });
    expect(own.hiddenEntities.toSorted()).toEqual(['Buffer', 'Iterator', 'Map', 'Promise']);
    const lines = [
      'createAll()',
      "add(new Event({ title: 'first' })); commit()",
      'Event.query.first().title',
      'File.query.count() + Request.query.count() + Response.query.count() + Performance.query.count()',
      'new Map().size + entities.Map.query.count()',
    ];
    const shown: (string | undefined)[] = [];
    for (const line of lines) shown.push(render(await own.respond(line), { width: 80, color: false }));
    expect(shown.slice(1)).toEqual(['committed 1 new (Event)', "'first'", '0', '0']);
    await session.close();
  });
});
