import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import type { Command } from '../../../repl/commands/command.ts';
import { ownCommands } from '../../../repl/commands/index.ts';
import { render } from '../../../repl/render/render.ts';
import { Shell } from '../../../repl/shell.ts';
import { openSession } from '../../../src/index.ts';

const user = "user = new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })";
const saved = ['createAll()', user, 'add(user)', 'commit()'];
const unsaved = ['createAll()', user];
const posts = [1, 2].map(n => `post_${n} = new Post({ title: 'Blog ${n}', content: 'c', author: user })`);

/** What is typed before an example. */
const before: Readonly<Record<string, readonly string[]>> = {
  createAll: [],
  add: unsaved,
  addAll: [...saved, ...posts],
  commit: unsaved,
  compiled: [],
  flush: unsaved,
  rollback: unsaved,
  nested: unsaved,
  sql: [
    'createAll()',
    'User.query.count()',
    ...saved.slice(1),
    'add(new User({ username: "b", email: "b", password: "b" }))',
    'commit()',
  ],
};

/** These need a project; the tests of projects run what they show. */
const ofProjects = ['reload', 'migrate', 'migrations', 'seed'];

/** Plays an example. @returns its lines, as the prompt shows them */
async function play({ name, example }: Command): Promise<string[]> {
  const session = await openSession({ url: 'sqlite::memory:' });
  const shell = new Shell({
    session,
    console: new Console(new Writable()),
    load: specifier => import(specifier),
  });
  try {
    for (const line of before[name] ?? saved) expect(await shell.respond(line)).not.toHaveProperty('error');
    const shown: string[] = [];
    for (const line of example.filter(each => each.startsWith('> '))) {
      const answer = render(await shell.respond(line.slice(2)), { width: 80, color: false });
      shown.push(line, ...(answer === undefined ? [] : answer.split('\n')));
    }
    return shown;
  } finally {
    await session.close();
  }
}

it.each(ownCommands.filter(({ name }) => !ofProjects.includes(name)))(
  'the example of $name is what happens',
  async command => {
    expect(await play(command)).toEqual(command.example);
  },
);
