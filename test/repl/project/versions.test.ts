import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../../src/index.ts';
import { createDatabase, type TestDatabase } from '../../support/databases.ts';
import { run } from '../../support/program.ts';
import { npm } from '../../support/projects.ts';

type Driver = 'sqlite' | 'postgresql';

/** The oldest and the newest release of each minor version that the registry has whole, driver by driver. */
const releases: readonly (readonly [version: string, driver: Driver])[] = [
  ['7.0.5', 'sqlite'],
  ['7.1.9', 'sqlite'],
  ['7.1.14', 'sqlite'],
  ['7.2.0', 'sqlite'],
  ['7.2.2', 'sqlite'],
  ['7.0.2', 'postgresql'],
  ['7.0.17', 'postgresql'],
  ['7.1.0', 'postgresql'],
  ['7.1.15', 'postgresql'],
  ['7.2.0', 'postgresql'],
  ['7.2.1', 'postgresql'],
];

const minuteMs = 60_000;
const require = createRequire(import.meta.url);
const home = mkdtemp(join(tmpdir(), 'mikroscope-versions-'));

afterAll(async () => rm(await home, { recursive: true }));

/** A project with the blog's entities on that release of MikroORM. */
async function install(version: string, driver: Driver): Promise<string> {
  const folder = join(await home, `${driver}-${version}`);
  await mkdir(folder);
  // Older drivers ask for a better-sqlite3 that has no binary for this Node.js.
  const native = 'better-sqlite3';
  const { version: nativeVersion } = require(`${native}/package.json`) as { version: string };
  const manifest = {
    name: 'blog',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(['core', 'sql', driver].map(name => [`@mikro-orm/${name}`, version])),
    overrides: { [native]: nativeVersion },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'mikro-orm.config.ts'),
    `import { defineEntity, p } from '@mikro-orm/core';
import { defineConfig } from '@mikro-orm/${driver}';
const User = defineEntity({ name: 'User', properties: {
  id: p.integer().primary(), username: p.string().length(20).unique(), email: p.string(), password: p.string().hidden(),
  posts: () => p.oneToMany(Post).mappedBy('author'),
} });
const Post = defineEntity({ name: 'Post', properties: {
  id: p.integer().primary(), title: p.string(), content: p.text(), author: () => p.manyToOne(User).nullable(),
} });
export default defineConfig({ entities: [User, Post], dbName: 'unused' });`,
  );
  await npm(['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'], folder);
  return folder;
}

const notes = `createAll()
user_1 = new User({ username: 'Corey', email: 'c@demo.com', password: 'password' })
db.session.add(user_1)
add(new User({ username: 'Alex', email: 'alex@demo.com', password: 'password' }))
db.session.commit()
User.query.all().map(user => user.username)
user = User.query.filterBy({ username: 'Corey' }).first()
user.id
User.query.get(1) === user
user.posts
db.session.addAll([1, 2].map(n => new Post({ title: 'Blog ' + n, content: '…', author: user })))
db.session.commit()
for (const post of user.posts) console.log(post.title)
Post.query.first().author.username
db.dropAll()
db.createAll()
User.query.all()`;

const played = `created post, user
committed 2 new (User)
[ 'Corey', 'Alex' ]
1
true
[]
committed 2 new (Post)
Blog 1
Blog 2
'Corey'
dropped post, user
created post, user
[]
`;

/** Ways to write, each on its own; those that only one database knows. */
const writes = [
  "add(new User({ username: 'Eve', email: 'e', password: 'p' })), commit()",
  'User.query.delete(), commit()',
  "em.execute('delete from post')",
  "em.getKysely().deleteFrom('post').execute()",
  "em.getConnection().execute('delete from post')",
  'em.nativeDelete(Post, {})',
  "em.transactional(tx => tx.execute('delete from post'))",
  'dropAll()',
];
const ownWrites: Readonly<Record<Driver, readonly string[]>> = {
  sqlite: ["em.execute('pragma user_version = 7')"],
  postgresql: [
    "em.execute('with gone as (delete from post returning 1) select * from gone')",
    "em.execute('begin read write; delete from post; commit')",
  ],
};

describe.each(releases)('MikroORM %s on %s', (version, driver) => {
  const database = createDatabase(driver);
  const folder = install(version, driver);
  // Whichever test asks first waits for it.
  folder.catch(() => {});
  afterAll(async () => (await database).drop());

  const play = async (input: string, ...args: string[]) =>
    run({ cwd: await folder, args: ['--yes', '--db', (await database).url, ...args], input });

  it(
    'plays the notes',
    async () => {
      expect(await play(notes)).toEqual({ code: 0, stdout: played, stderr: '' });
    },
    5 * minuteMs,
  );

  it(
    'keeps what is staged when a commit fails, and commits it mended',
    async () => {
      const { stdout, stderr, code } = await play(`
ann = new User({ username: 'Ann', email: 'a', password: 'p' })
twin = new User({ username: 'Ann', email: 'b', password: 'p' })
addAll([ann, twin])
try { commit() } catch (error) { console.log(error.name + ': ' + error.message) }
session.new.length
twin.username = 'Bea'
commit()
add(new Post({ title: 'One', content: '…', author: ann }))
commit()
User.query.count()`);
      expect({ stdout, stderr, code }).toEqual({
        code: 0,
        stdout:
          "UniqueViolation: User.username 'Ann' is taken already\n2\ncommitted 2 new (User)\ncommitted 1 new (Post)\n2\n",
        stderr: '',
      });
    },
    minuteMs,
  );

  it.each(['--read-only', '--sandbox'])(
    'writes nothing with %s',
    async guard => {
      const attempts = [...writes, ...ownWrites[driver]];
      const script = attempts.map(
        write =>
          `try { ${write}; console.log('done') } catch (error) { console.log(error.name) }\nrollback()`,
      );
      const { stdout, stderr } = await play(script.join('\n'), guard);
      const results = stdout.split('\n').filter(line => /^\w+$/.test(line));
      expect({ results, stderr }).toEqual({ results: attempts.map(() => expect.anything()), stderr: '' });
      // A transaction that is typed as SQL is refused for what it is.
      const wrong =
        guard === '--read-only'
          ? results.filter(result => !/^(?:ReadOnly|InvalidState)$/.test(result))
          : results.slice(0, writes.length).filter(result => result !== 'done');
      expect(wrong).toEqual([]);
      expect(await rowsOf(await database)).toEqual({ users: ['Ann', 'Bea'], posts: 1 });
    },
    2 * minuteMs,
  );
});

/** What is in the database, seen by a session of this package's own MikroORM. */
async function rowsOf({ url }: TestDatabase): Promise<{ users: string[]; posts: number }> {
  const session = await openSession({ url, entities: [] });
  try {
    const users = await session.em.execute<{ username: string }[]>('select username from "user" order by id');
    const [posts] = await session.em.execute<{ count: number }[]>('select count(*) as count from post');
    return { users: users.map(({ username }) => username), posts: Number(posts?.count) };
  } finally {
    await session.close();
  }
}
