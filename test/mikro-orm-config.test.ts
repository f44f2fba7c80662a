import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { MikroORM } from '@mikro-orm/sqlite';
import config from '../mikro-orm.config.ts';
import { openSession, Post, User } from '../src/index.ts';
import { createDatabase, dialects } from './support/databases.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What MikroORM's own command line prints in the checkout, by default on a database in memory. */
async function mikroOrm(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = { MIKRO_ORM_DB_NAME: ':memory:' },
): Promise<string> {
  const { stdout } = await promisify(execFile)('npx', ['mikro-orm', ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', ...environment },
  });
  return stripVTControlCharacters(stdout);
}

// Nothing here opens the demo first: the configuration has to map its entities by itself.
describe('mikro-orm.config.ts', () => {
  it('is all that MikroORM.init() needs', async () => {
    const orm = await MikroORM.init({ ...config, dbName: ':memory:' });
    await orm.schema.create();
    const em = orm.em.fork();
    const author = new User({ username: 'Corey', email: 'c@demo.com', password: 'secret' });
    em.persist(new Post({ title: 't', content: 'c', author }));
    await em.flush();
    em.clear();
    const post = await em.findOneOrFail(Post, { userId: 1 }, { populate: ['author'] });
    expect(String(post.author)).toBe("User('Corey', 'c@demo.com')");
    expect(post.userId).toBe(1);
    await orm.close();
  });

  it('is found by mikro-orm debug, with both entities', async () => {
    const printed = await mikroOrm(['debug']);
    expect(printed).toContain(`${root}mikro-orm.config.ts (found)`);
    expect(printed).toContain('database connection successful');
    expect(printed).toContain('will use `entities` array (contains 2 references and 0 paths)');
  });

  it('gives mikro-orm schema:create the tables of both', async () => {
    const printed = await mikroOrm(['schema:create', '--dump']);
    expect(printed.match(/create table `\w+`/g)).toEqual(['create table `user`', 'create table `post`']);
  });

  it.each(dialects)('is on the database of DATABASE_URL: %s', async dialect => {
    const database = await createDatabase(dialect);
    try {
      const environment = { DATABASE_URL: database.url };
      expect(await mikroOrm(['debug'], environment)).toContain('database connection successful');
      expect(await mikroOrm(['schema:create', '--run'], environment)).toContain(
        'Schema successfully created',
      );
      const session = await openSession(database);
      try {
        expect(await session.query(User).count()).toBe(0);
        expect(String(await session.createAll())).toBe('nothing to create');
      } finally {
        await session.close();
      }
    } finally {
      await database.drop();
    }
  });
});
