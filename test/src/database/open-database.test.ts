import { describe, expect, it } from '@jest/globals';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPackage } from '../../../src/database/load-driver.ts';
import { openSession, Post, User } from '../../../src/index.ts';
import { createDatabase } from '../../support/databases.ts';

describe('opening a SQLite database', () => {
  const inFolder = async (test: (cwd: string) => Promise<void>) => {
    const cwd = await mkdtemp(join(tmpdir(), 'mikroscope-open-'));
    try {
      await test(cwd);
    } finally {
      await rm(cwd, { recursive: true });
    }
  };
  const exists = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );

  it('creates no file before createAll()', async () => {
    await inFolder(async cwd => {
      const session = await openSession({ url: 'sqlite:site.db', cwd });
      expect(session.database).toEqual({
        url: 'sqlite:site.db',
        dialect: 'sqlite',
        name: 'site.db',
        host: undefined,
        readOnly: false,
        sandbox: false,
      });
      await expect(session.query(User).all()).rejects.toMatchObject({
        name: 'MissingDatabase',
        message: "The database 'site.db' does not exist yet",
        hint: 'createAll() creates it.',
      });
      session.add(new User({ username: 'a', email: 'a', password: 'p' }));
      await expect(session.commit()).rejects.toMatchObject({ name: 'MissingDatabase' });
      expect(String(await session.dropAll())).toBe('nothing to drop');
      expect(await exists(join(cwd, 'site.db'))).toBe(false);
      expect(String(await session.createAll())).toBe('created post, user');
      expect(await exists(join(cwd, 'site.db'))).toBe(true);
      await session.close();
    });
  });

  it('keeps what was committed for the next session', async () => {
    await inFolder(async cwd => {
      const first = await openSession({ cwd });
      await first.createAll();
      first.add(new User({ username: 'a', email: 'a', password: 'p' }));
      await first.commit();
      await first.close();
      const second = await openSession({ url: 'sqlite:///site.db', cwd });
      expect(await second.query(User).count()).toBe(1);
      await second.close();
    });
  });

  it('says in a sentence what is wrong with the file', async () => {
    await inFolder(async cwd => {
      await writeFile(
        join(cwd, 'text.db'),
        'this is no database, but it is long enough to look like a file'.repeat(20),
      );
      await mkdir(join(cwd, 'folder.db'));
      await expect(openSession({ url: 'sqlite:text.db', cwd })).rejects.toMatchObject({
        name: 'CannotConnect',
        message: "'text.db' is not a SQLite database",
      });
      await expect(openSession({ url: 'sqlite:folder.db', cwd })).rejects.toMatchObject({
        name: 'CannotConnect',
        message: 'Cannot open sqlite:folder.db: unable to open database file',
      });
      await expect(openSession({ url: 'sqlite:none/site.db', cwd })).rejects.toMatchObject({
        name: 'CannotConnect',
        message: `There is no directory '${join(cwd, 'none')}' for the database 'none/site.db'`,
      });
    });
  });
});

describe('opening a PostgreSQL database', () => {
  const server = () => new URL(process.env['TEST_POSTGRES_URL'] ?? '');
  const refused = async (change: (url: URL) => void): Promise<Error> => {
    const url = server();
    change(url);
    try {
      await (await openSession({ url: url.href })).close();
    } catch (error) {
      return error as Error;
    }
    throw new Error('the session opened');
  };

  it('names a database that does not exist, and creates none', async () => {
    for (let i = 0; i < 2; i++) {
      const error = await refused(url => (url.pathname = '/typo'));
      expect(error).toMatchObject({
        name: 'MissingDatabase',
        message: `There is no database 'typo' on ${server().host}`,
      });
    }
  });

  it('names a wrong password without showing it', async () => {
    const error = await refused(url => (url.password = 'se%40cret'));
    expect(error).toMatchObject({
      name: 'AccessDenied',
      message: `${server().host} refused the user 'postgres'`,
    });
    expect(JSON.stringify(error) + String(error.stack)).not.toMatch(/cret/);
  });

  it('names a server that is not there, and a host that does not exist', async () => {
    const port = await new Promise<number>(resolve => {
      const free = createServer().listen(0, () => {
        const address = free.address();
        free.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
    });
    expect(await refused(url => (url.port = String(port)))).toMatchObject({
      name: 'CannotConnect',
      message: `Nothing answers on localhost:${port}`,
    });
    expect(await refused(url => (url.hostname = 'no-such-host.invalid'))).toMatchObject({
      name: 'CannotConnect',
      message: expect.stringMatching(/^There is no host 'no-such-host\.invalid/),
    });
  });

  it('shows the masked URL, the dialect and the name', async () => {
    const database = await createDatabase('postgresql');
    const session = await openSession({ url: database.url });
    expect(session.database).toMatchObject({
      dialect: 'postgresql',
      name: new URL(database.url).pathname.slice(1),
    });
    expect(session.database.url).toContain(':***@');
    await session.close();
    await database.drop();
  });
});

it("openSession takes somebody's own MikroORM configuration", async () => {
  const { defineConfig } = await import('@mikro-orm/sqlite');
  const session = await openSession({ config: defineConfig({ entities: [User, Post], dbName: ':memory:' }) });
  await session.createAll();
  expect([session.database.dialect, Object.keys(session.entities).toSorted()]).toEqual([
    'sqlite',
    ['Post', 'User'],
  ]);
  await session.close();
});

it('makes no PGlite database among other files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-open-'));
  await writeFile(join(folder, 'notes.txt'), 'not a database');
  for (const path of [folder, join(folder, 'notes.txt')]) {
    await expect(openSession({ url: `pglite:${path}` })).rejects.toMatchObject({
      name: 'CannotConnect',
      message: `'${path}' is not a PGlite database`,
    });
  }
  await rm(folder, { recursive: true });
});

it('two sessions live side by side in one process', async () => {
  const [a, b] = await Promise.all([
    openSession({ url: 'sqlite::memory:' }),
    openSession({ url: 'sqlite::memory:' }),
  ]);
  await Promise.all([a.createAll(), b.createAll()]);
  const user = new User({ username: 'a', email: 'a', password: 'p' });
  a.add(user);
  await a.commit();
  expect([await a.query(User).count(), await b.query(User).count()]).toEqual([1, 0]);
  expect([a.has(user), b.has(user)]).toEqual([true, false]);
  await Promise.all([a.close(), b.close()]);
});

describe('a configuration', () => {
  it('without a driver, or for a database without SQL, is refused in a sentence', async () => {
    await expect(openSession({ config: { dbName: 'x' } })).rejects.toMatchObject({
      name: 'BadConfiguration',
      message: 'The configuration names no driver',
    });
    const MongoDriver = function MongoDriver() {};
    await expect(openSession({ config: { driver: MongoDriver, dbName: 'x' } })).rejects.toMatchObject({
      name: 'UnsupportedDriver',
      message: expect.stringMatching(/^MongoDriver speaks no SQL/),
    });
    const OracleDriver = class OracleDriver {
      createQueryBuilder() {}
    };
    await expect(openSession({ config: { driver: OracleDriver, dbName: 'x' } })).rejects.toMatchObject({
      name: 'UnsupportedDriver',
      message: 'mikroscope does not know the driver OracleDriver',
      hint: 'mikroscope works with SQLite, PostgreSQL, MySQL, MariaDB, libSQL and PGlite.',
    });
  });

  it("with a driver of its own is treated as one of MikroORM's that the driver extends", async () => {
    const { SqliteDriver } = await import('@mikro-orm/sqlite');
    class OwnDriver extends SqliteDriver {}
    const config = { driver: OwnDriver, entities: [User, Post], dbName: ':memory:' };
    const session = await openSession({ config });
    expect(session.database).toMatchObject({ dialect: 'sqlite', url: 'sqlite::memory:' });
    await session.close();
  });

  it('with a clientUrl that is none is refused without showing it', async () => {
    const { defineConfig } = await import('@mikro-orm/postgresql');
    const clientUrl = 'postgresql://me:sec%ret@localhost/blog';
    await expect(
      openSession({ config: defineConfig({ entities: [User, Post], clientUrl }) }),
    ).rejects.toMatchObject({
      name: 'BadConfiguration',
      message: "The configuration's clientUrl is not a database URL",
    });
  });

  it('names its database and server, without the password', async () => {
    const { defineConfig } = await import('@mikro-orm/postgresql');
    const clientUrl = process.env['TEST_POSTGRES_URL'] ?? '';
    const { host } = new URL(clientUrl);
    const session = await openSession({ config: defineConfig({ entities: [User, Post], clientUrl }) });
    expect(session.database).toMatchObject({ url: `postgresql://postgres@${host}/postgres`, host });
    await session.close();
    const wrong = clientUrl.replace(':postgres@', ':se%40cret@');
    const error: unknown = await openSession({
      config: defineConfig({ entities: [User, Post], clientUrl: wrong }),
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AccessDenied', message: `${host} refused the user 'postgres'` });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/cret/);
  });

  it('creates no file, and no database on a server', async () => {
    const sqlite = await import('@mikro-orm/sqlite');
    const dbName = join(tmpdir(), 'mikroscope-no-such.db');
    const session = await openSession({ config: sqlite.defineConfig({ entities: [User, Post], dbName }) });
    await expect(session.query(User).all()).rejects.toMatchObject({
      message: `The database '${dbName}' does not exist yet`,
    });
    await session.close();
    await expect(access(dbName)).rejects.toMatchObject({ code: 'ENOENT' });
    const { defineConfig } = await import('@mikro-orm/postgresql');
    const clientUrl = new URL('/typo', process.env['TEST_POSTGRES_URL']).href;
    await expect(
      openSession({ config: defineConfig({ entities: [User, Post], clientUrl }) }),
    ).rejects.toMatchObject({
      name: 'MissingDatabase',
      message: expect.stringContaining("no database 'typo'"),
    });
  });
});

it('a driver that is not installed is named, and how to install it', async () => {
  await expect(loadPackage('@mikro-orm/no-such-driver')).rejects.toMatchObject({
    name: 'MissingDriver',
    message: 'The package @mikro-orm/no-such-driver is not installed',
    hint: 'Install it: npm i @mikro-orm/no-such-driver',
  });
});
