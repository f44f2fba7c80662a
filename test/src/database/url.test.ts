import { describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/core';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { inspect } from 'node:util';
import { hidePasswords } from '../../../src/database/hide-passwords.ts';
import { maskPassword, MikroscopeError, openSession, parseDatabaseUrl, User } from '../../../src/index.ts';

describe('parseDatabaseUrl', () => {
  it.each([
    ['sqlite:site.db', '/home/site.db', 'sqlite:site.db'],
    ['sqlite:./a b/site.db', '/home/a b/site.db', 'sqlite:./a b/site.db'],
    ['sqlite:///site.db', '/home/site.db', 'sqlite:site.db'],
    ['sqlite:////var/site.db', '/var/site.db', 'sqlite:/var/site.db'],
    ['sqlite:/var/site.db', '/var/site.db', 'sqlite:/var/site.db'],
    ['sqlite+pysqlite:///site.db', '/home/site.db', 'sqlite:site.db'],
    ['SQLITE:site.db', '/home/site.db', 'sqlite:site.db'],
    ['sqlite::memory:', ':memory:', 'sqlite::memory:'],
    ['sqlite:///:memory:', ':memory:', 'sqlite::memory:'],
    ['sqlite://', ':memory:', 'sqlite::memory:'],
    ['file:x.db', '/home/x.db', 'sqlite:x.db'],
    ['file:///var/a%20b.db', '/var/a b.db', 'sqlite:/var/a b.db'],
  ])('%s is the SQLite file %s', (url, file, masked) => {
    expect(parseDatabaseUrl(url, '/home')).toMatchObject({ driver: 'sqlite', file, masked });
  });

  it.each([
    ['postgres://me:secret@host/blog', 'host', 'me', 'blog', 'postgresql://me:***@host/blog'],
    [
      'postgresql://me:secret@host:5433/blog',
      'host:5433',
      'me',
      'blog',
      'postgresql://me:***@host:5433/blog',
    ],
    ['postgresql+psycopg2://me:secret@host/blog', 'host', 'me', 'blog', 'postgresql://me:***@host/blog'],
    ['postgresql://me:se%40c%2Fret@host/blog', 'host', 'me', 'blog', 'postgresql://me:***@host/blog'],
    [
      'postgresql://me@host/blog?password=secret&sslmode=require',
      'host',
      'me',
      'blog',
      'postgresql://me@host/blog?password=***&sslmode=require',
    ],
    ['postgresql://host/my%20blog', 'host', '', 'my blog', 'postgresql://host/my%20blog'],
    [
      'postgresql:///blog?host=/run/postgresql&user=me',
      '/run/postgresql',
      'me',
      'blog',
      'postgresql://localhost/blog?host=/run/postgresql&user=me',
    ],
  ])('%s is on the server %s', (url, host, user, name, masked) => {
    expect(parseDatabaseUrl(url, '/')).toMatchObject({ driver: 'postgresql', host, user, name, masked });
  });

  it.each([
    ['libsql:site.db', 'libsql', '/home/site.db', 'libsql:site.db'],
    ['libsql:////var/site.db', 'libsql', '/var/site.db', 'libsql:/var/site.db'],
    ['sqlite+libsql:///site.db', 'libsql', '/home/site.db', 'libsql:site.db'],
    ['libsql::memory:', 'libsql', ':memory:', 'libsql::memory:'],
    ['pglite:./data', 'pglite', '/home/data', 'pglite:./data'],
    ['pglite:', 'pglite', ':memory:', 'pglite::memory:'],
    ['pglite:memory://', 'pglite', ':memory:', 'pglite::memory:'],
  ])('%s is of the driver %s at %s', (url, driver, file, masked) => {
    expect(parseDatabaseUrl(url, '/home')).toMatchObject({ driver, file, masked });
  });

  it.each([
    ['mysql://me:s%40@host:3307/blog', 'mysql', 'host:3307', 'mysql://me:***@host:3307/blog'],
    ['mysql+pymysql://me:secret@host/blog', 'mysql', 'host', 'mysql://me:***@host/blog'],
    ['mariadb+mariadbconnector://me@host/blog', 'mariadb', 'host', 'mariadb://me@host/blog'],
    [
      'mysql://me@localhost/blog?unix_socket=/run/mysqld.sock',
      'mysql',
      '/run/mysqld.sock',
      'mysql://me@localhost/blog?unix_socket=/run/mysqld.sock',
    ],
  ])('%s is of the driver %s on %s', (url, driver, host, masked) => {
    expect(parseDatabaseUrl(url, '/')).toMatchObject({ driver, host, user: 'me', name: 'blog', masked });
  });

  it('takes the token out of a libSQL URL', () => {
    expect(parseDatabaseUrl('libsql://db-me.turso.io?authToken=secret', '/')).toEqual({
      driver: 'libsql',
      remote: 'libsql://db-me.turso.io',
      authToken: 'secret',
      host: 'db-me.turso.io',
      name: 'db-me.turso.io',
      masked: 'libsql://db-me.turso.io?authToken=***',
    });
  });

  it('keeps what pg understands, and takes the schema out', () => {
    const url = parseDatabaseUrl('postgresql://me:s%40@host/blog?sslmode=disable&schema=app', '/');
    expect(url).toMatchObject({
      schema: 'app',
      connectionString: 'postgresql://me:s%40@host/blog?sslmode=disable',
    });
  });

  it.each([
    ['site.db', 'BadArgument', "'site.db' is not a database URL"],
    ['', 'BadArgument', "'' is not a database URL"],
    ['mongodb://me:secret@host/blog', 'UnknownScheme', "There is no driver for 'mongodb:' URLs"],
    ['mysql://me:secret@host', 'BadArgument', "'mysql://me:***@host' names no database"],
    ['pglite://dir', 'BadArgument', "'pglite://dir' has a host, and a PGlite database is a directory"],
    [
      'libsql://[/x?encryptionKey=secret',
      'BadArgument',
      "'libsql://[/x?encryptionKey=***' is not a database URL",
    ],
    ['libsql://[/x?authToken=secret', 'BadArgument', "'libsql://[/x?authToken=***' is not a database URL"],
    ['postgresql:blog', 'BadArgument', "'postgresql:blog' is not a database URL"],
    ['postgresql://me:secret@host', 'BadArgument', "'postgresql://me:***@host' names no database"],
    [
      'postgresql://me:secret@host:port/blog',
      'BadArgument',
      "'postgresql://me:***@host:port/blog' is not a database URL",
    ],
    [
      'postgresql://me:sec%ret@host/blog',
      'BadArgument',
      "'postgresql://me:***@host/blog' is not a database URL",
    ],
    ['sqlite://site.db', 'BadArgument', "'sqlite://site.db' has a host, and a SQLite database is a file"],
    [
      'sqlite:site.db?mode=ro',
      'BadArgument',
      "'sqlite:site.db?mode=ro' has parameters, which SQLite URLs do not take here",
    ],
    ['file:', 'BadArgument', "'file:' names no file"],
  ])('%s is an error that shows no password', (url, code, message) => {
    let error: unknown;
    try {
      parseDatabaseUrl(url, '/');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MikroscopeError);
    expect(error).toMatchObject({ name: code, message });
    expect((error as MikroscopeError).hint).not.toBe('');
  });

  it.each([
    ['postgres//me:se:c@ret@host/blog', 'postgres***@host/blog'],
    ['postgresql:me:secret@host/blog', 'postgresql***@host/blog'],
    ['postgresql:/me:secret@host/blog', 'postgresql***@host/blog'],
    ['me:secret@host/blog', 'me:'],
    ['postgres://me:se/cret@host/blog', 'postgres://me:***@host/blog'],
    ['sqlite://me:secret@host/blog', 'sqlite://me:***@host/blog'],
    ['Server=host;Password=secret', 'Server=host;Password=***'],
    ['postgresql:host/blog?pwd=secret', 'postgresql:host/blog?pwd=***'],
    ['sqlite:site.db?key=secret', 'sqlite:site.db?key=***'],
    [
      'libsql:site.db?authToken=secret&encryptionKey=secret',
      'libsql:site.db?authToken=***&encryptionKey=***',
    ],
  ])('shows no password of the mistyped %s', (url, shown) => {
    expect(() => parseDatabaseUrl(url, '/')).toThrow(
      expect.objectContaining({ message: expect.stringContaining(`'${shown}'`) }),
    );
  });

  it.each([
    '{"home":"http://localhost:3000/","name":"Corey","mail":"a@b.c"}',
    "{ home: 'http://localhost:3000', mail: 'a@b.c' }",
    'http://localhost:3000/ask?a@b.c',
    'http://localhost:3000#a@b.c',
    'http://localhost/a:b@c',
  ])('masks nothing of %s, which has no password', text => {
    expect(maskPassword(text)).toBe(text);
  });

  it('leaves the quotes around a URL', () => {
    expect(maskPassword("{ url: 'libsql:file.db?authToken=secret', at: `http://me:secret@host` }")).toBe(
      "{ url: 'libsql:file.db?authToken=***', at: `http://me:***@host` }",
    );
  });

  it('reads a long text once', () => {
    const text = '"http://localhost:3000/a:b",://a:://?password='.repeat(20_000);
    const start = performance.now();
    maskPassword(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("shows no password that has quotes, or what ends another's", () => {
    const { masked } = parseDatabaseUrl(`postgresql://me:a'b"c@host/x?sslpassword=d'e/f@g`, '/');
    expect(masked).toBe('postgresql://me:***@host/x?sslpassword=***');
  });

  /** A session on a database in memory whose configuration has these options for a connection. */
  async function opened(options: object): Promise<AsyncDisposable & { readonly orm: MikroORM }> {
    const config = { driver: SqliteDriver, dbName: ':memory:', entities: [User], ...options };
    const session = await openSession({ config });
    return { orm: session.orm, [Symbol.asyncDispose]: () => session.close() };
  }

  it.each(['S3cr3tPW', `it's "S3cr3t"\\`, 'S3cr3t/p@ss%41', 'correct-horse-7', 'sEcretive'])(
    'masks the password %s of a configuration wherever it stands',
    async password => {
      await using session = await opened({ password });
      const values = [session.orm.config.get('password'), [password], `a ${password} b`, { [password]: 1 }];
      for (const colors of [true, false]) {
        const shown = maskPassword(inspect([session.orm.config.getAll(), ...values], { colors, depth: 4 }));
        expect(shown).not.toMatch(/S3cr3t|horse|sEcret/);
        expect(shown).toContain('***');
      }
      expect(maskPassword(JSON.stringify({ password }))).toBe('{"password":"***"}');
      expect(maskPassword(inspect(JSON.stringify(password)))).toMatch(/^(['`])"\*\*\*"\1$/);
      expect(maskPassword(JSON.stringify(JSON.stringify(password)))).toBe(String.raw`"\"***\""`);
      expect(maskPassword(`as in a URL: ${encodeURIComponent(password)}`)).toBe('as in a URL: ***');
    },
  );

  it.each([
    ["{ password: 'postgres' }", "{ password: '***' }"],
    ['{"PGPASSWORD":"postgres"}', '{"PGPASSWORD":"***"}'],
    ["{ DB_PASS: 'postgres', dbPwd: `postgres` }", "{ DB_PASS: '***', dbPwd: `***` }"],
    ['host=postgres password=postgres user=postgres', 'host=postgres password=*** user=postgres'],
    ["{ title: 'postgres' }", "{ title: 'postgres' }"],
    ['the postgres of postgres', 'the postgres of postgres'],
    ["{ password: 'postgresql' } password=postgresql", "{ password: 'postgresql' } password=postgresql"],
  ])('masks a password that is a word where it is given to a secret alone: %s', async (text, shown) => {
    await using _ = await opened({ password: 'postgres' });
    expect(maskPassword(text)).toBe(shown);
  });

  it('masks no word that is the name of the database, too', async () => {
    await using _ = await opened({ password: 'shop2026', user: 'shop2026' });
    expect(maskPassword("shop2026 has the password: 'shop2026'")).toBe("shop2026 has the password: '***'");
  });

  it.each([
    ['an option of the driver', { driverOptions: { password: 'S3cr3t<n>' } }],
    ['a connection of the driver', { driverOptions: { connection: { authToken: 'S3cr3t<n>' } } }],
    ['a key', { driverOptions: { encryptionKey: 'S3cr3t<n>' } }],
    ['a passphrase', { driverOptions: { ssl: { passphrase: 'S3cr3t<n>' } } }],
    ['a URL', { clientUrl: 'sqlite://me:S3cr3t<n>@host/x' }],
    ['a URL that the driver gets', { driverOptions: { uri: 'mysql://me:S3cr3t<n>@host/x' } }],
    ['a token in a URL', { driverOptions: { syncUrl: 'libsql://host/x?authToken=S3cr3t<n>' } }],
    ['a replica', { replicas: [{ name: 'r', password: 'S3cr3t<n>' }] }],
    ['the driver of a replica', { replicas: [{ name: 'r', driverOptions: { password: 'S3cr3t<n>' } }] }],
  ])('masks what %s gives', (name, written) => {
    const secret = `S3cr3t${name.length * 1e6}`;
    const options = JSON.parse(JSON.stringify(written).replaceAll('S3cr3t<n>', secret)) as object;
    hidePasswords({ config: { getAll: () => options } } as unknown as MikroORM);
    expect(maskPassword(`it is '${secret}'`)).toBe("it is '***'");
  });

  it('masks passwords wherever they stand', () => {
    expect(maskPassword('cannot reach postgresql://me:a:b@c@host/x?sslpassword=y now')).toBe(
      'cannot reach postgresql://me:***@host/x?sslpassword=*** now',
    );
  });
});
