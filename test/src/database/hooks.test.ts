import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineConfig as definePostgres } from '@mikro-orm/postgresql';
import { defineConfig as defineSqlite, NodeSqliteDialect } from '@mikro-orm/sqlite';
import { openSession } from '../../../src/index.ts';
import { createDatabase, type TestDatabase } from '../../support/databases.ts';
import { outcome } from '../../support/outcome.ts';

type Options = Partial<Omit<Parameters<typeof definePostgres>[0], 'driver' | 'driverOptions'>> & {
  driverOptions?: object;
};

/** A connection of Kysely's, which MikroORM hands to its hooks. */
interface HookConnection {
  executeQuery(query: unknown): Promise<{ rows: unknown[] }>;
}

/** A connection of pg's own, or its pool. */
interface PgConnection {
  query(sql: string): Promise<unknown>;
  on(event: 'connect', listener: (client: PgConnection) => void): void;
}

const dialects = ['sqlite', 'postgresql'] as const;
type Dialect = (typeof dialects)[number];

const guards = [{}, { readOnly: true }, { sandbox: true }];
const everyWay = dialects.flatMap(dialect => guards.map(guard => [dialect, guard] as const));

const databases = {} as Record<Dialect, TestDatabase>;

beforeAll(async () => {
  for (const dialect of dialects) {
    databases[dialect] = await createDatabase(dialect);
    const { url } = databases[dialect];
    const owner = await openSession({ url, entities: [] });
    await owner.createAll();
    await owner.em.execute('create table tag (name text)');
    if (dialect === 'postgresql')
      await owner.em.execute(
        `create function add_tag() returns void language sql as $$ insert into tag values ('f') $$`,
      );
    await owner.close();
  }
});

afterAll(async () => {
  for (const dialect of dialects) await databases[dialect].drop();
});

/** A project's configuration with something of its own. */
const configOf = (dialect: Dialect, own: Options) => {
  const { url } = databases[dialect];
  const options = { entities: [], discovery: { warnWhenNoEntities: false }, ...(own as object) };
  return dialect === 'sqlite'
    ? defineSqlite({ ...options, dbName: url.slice('sqlite:'.length) })
    : definePostgres({ ...options, clientUrl: url });
};

const tags = async (dialect: Dialect) => {
  const session = await openSession({ url: databases[dialect].url, entities: [] });
  try {
    return await session.em.execute('select name from tag');
  } finally {
    await session.close();
  }
};

/** A statement as Kysely takes it. */
const raw = (sql: string) =>
  ({ sql, parameters: [], query: { kind: 'RawNode' }, queryId: { queryId: sql } }) as never;

const send = (connection: unknown, sql: string) => (connection as HookConnection).executeQuery(raw(sql));

describe('what a configuration hooks into its connections', () => {
  it.each(everyWay)('may change every statement: %s, %j', async (dialect, guard) => {
    const seen: string[] = [];
    const config = configOf(dialect, {
      onQuery(sql) {
        seen.push(sql);
        return `/* app */ ${sql}`;
      },
    });
    const session = await openSession({ config, ...guard });
    expect(seen.filter(sql => /select [23]$/.test(sql))).toEqual([]);
    expect(await session.em.execute('select 1 as one')).toEqual([{ one: 1 }]);
    await session.close();
  });

  it.each(everyWay)('is named when it fails, and nothing hangs: %s, %j', async (dialect, guard) => {
    const config = configOf(dialect, {
      async onCreateConnection() {
        throw new Error('no vault');
      },
    });
    await expect(openSession({ config, ...guard })).rejects.toMatchObject({
      name: 'BadConfiguration',
      message: "The configuration's onCreateConnection failed: no vault",
    });
  });

  it.each(guards)('is tried again on the next occasion: %j', async guard => {
    let fails = false;
    const config = configOf('postgresql', {
      async onReserveConnection() {
        if (fails) throw new Error('no vault');
      },
    });
    const session = await openSession({ config, ...guard });
    fails = true;
    for (let i = 0; i < 12; i++) await expect(session.em.execute('select 1')).rejects.toThrow('no vault');
    fails = false;
    expect(await session.em.execute('select 1 as one')).toEqual([{ one: 1 }]);
    await session.close();
  });

  it.each(dialects)('cannot write read-only, and is told so: %s', async dialect => {
    const config = configOf(dialect, {
      onCreateConnection: async connection => void (await send(connection, "insert into tag values ('h')")),
    });
    await expect(openSession({ config, readOnly: true })).rejects.toMatchObject({
      name: 'ReadOnly',
      message:
        "The configuration's onCreateConnection failed: This session is read-only (--read-only); nothing was written",
    });
    expect(await tags(dialect)).toEqual([]);
  });

  it('is not run on the original of a sandbox', async () => {
    const journals: unknown[] = [];
    const config = configOf('sqlite', {
      async onCreateConnection(connection) {
        const { rows } = await send(connection, 'pragma journal_mode = wal');
        journals.push(...rows);
      },
    });
    const session = await openSession({ config, sandbox: true });
    expect(journals).toEqual([{ journal_mode: 'memory' }]);
    await session.close();
    expect(await tags('sqlite')).toEqual([]);
  });

  it('may be a session context in a sandbox', async () => {
    const config = configOf('postgresql', { sessionContext: 'connection' } as Options);
    for (const guard of guards) {
      const session = await openSession({ config, ...guard });
      expect(await session.em.execute('select 1 as one')).toEqual([{ one: 1 }]);
      await session.close();
    }
    const { url } = databases.postgresql;
    const owner = await openSession({ url, entities: [] });
    const name = new URL(url).pathname.slice(1);
    await owner.em.execute(`alter database ${name} set idle_in_transaction_session_timeout = 5000`);
    await owner.close();
    const sandbox = await openSession({ config, sandbox: true });
    for (let i = 0; i < 2; i++)
      expect(await sandbox.em.execute('show idle_in_transaction_session_timeout')).toEqual([
        { idle_in_transaction_session_timeout: '0' },
      ]);
    await sandbox.close();
  });
});

describe("pg's own hooks", () => {
  const inserting = "insert into tag values ('pg')";

  it.each([
    ['onConnect', { onConnect: (client: PgConnection) => client.query(inserting) }],
    [
      'onPoolCreated',
      {
        onPoolCreated: (pool: PgConnection) =>
          pool.on('connect', client => void client.query(inserting).catch(() => {})),
      },
    ],
    [
      'verify',
      {
        verify: (client: PgConnection, done: (error?: unknown) => void) =>
          void client.query(inserting).then(() => done(), done),
      },
    ],
  ])('come after a guard: %s', async (_, driverOptions) => {
    const config = configOf('postgresql', { driverOptions });
    for (const guard of [{ readOnly: true }, { sandbox: true }]) {
      const session = await openSession({ config, ...guard }).catch(() => undefined);
      await session?.close();
    }
    expect(await tags('postgresql')).toEqual([]);
  });

  it('can use the pool, and not leave a guard with it', async () => {
    let kept: PgConnection | undefined;
    const driverOptions = { onPoolCreated: (pool: PgConnection) => void (kept = pool) };
    const config = configOf('postgresql', { driverOptions });
    for (const guard of [{ readOnly: true }, { sandbox: true }]) {
      const session = await openSession({ config, ...guard });
      const pool = kept as PgConnection;
      await outcome(() => session.em.execute(inserting));
      for (const sql of ['commit', inserting, 'commit', 'select add_tag()', 'end', "select dblink('', '')"])
        await outcome(() => pool.query(sql));
      // A pool of pg gives up a connection on which a query of its own failed.
      await outcome(() => pool.query('select 1'));
      expect(await pool.query('select 1 as one')).toMatchObject({ rows: [{ one: 1 }] });
      await session.close();
      expect(await tags('postgresql')).toEqual([]);
    }
  });
});

describe('a guard', () => {
  it.each(guards.slice(1))('is asked for whenever a connection is opened: %j', async guard => {
    const config = configOf('sqlite', {});
    const session = await openSession({ config, ...guard });
    const file = databases.sqlite.url.slice('sqlite:'.length);
    session.orm.config.set('driverOptions', new NodeSqliteDialect(file));
    await outcome(() => session.orm.reconnect());
    const insert = "insert into tag values ('own')";
    expect(await outcome(() => session.em.execute(insert))).toBe('BadArgument');
    expect(await outcome(() => session.em.getKysely().executeQuery(raw(insert)))).toBe('BadArgument');
    await session.close();
    expect(await tags('sqlite')).toEqual([]);
  });

  it('is on each connection of a growing pool', async () => {
    const session = await openSession({ url: databases.postgresql.url, entities: [], readOnly: true });
    const many = Array.from({ length: 5 }, async () => session.em.fork().execute('select add_tag()'));
    for (const one of many) await expect(one).rejects.toMatchObject({ name: 'ReadOnly' });
    await session.close();
    expect(await tags('postgresql')).toEqual([]);
  });

  it.each(guards.slice(1))('is missed on a connection that a pool no longer prepares: %j', async guard => {
    interface Pool extends PgConnection {
      readonly options: { verify?: unknown; onConnect?: unknown };
      removeAllListeners(event: string): void;
    }
    let pool: Pool | undefined;
    const driverOptions = { onPoolCreated: (made: Pool) => void (pool = made) };
    const session = await openSession({ config: configOf('postgresql', { driverOptions }), ...guard });
    delete pool?.options.verify;
    delete pool?.options.onConnect;
    pool?.removeAllListeners('connect');
    await outcome(() => pool?.query('select nonsense'));
    for (let i = 0; i < 2; i++)
      expect(await outcome(() => session.em.fork().execute('select add_tag()'))).toBe('Unguarded');
    await session.close();
    expect(await tags('postgresql')).toEqual([]);
  });

  it('keeps the isolation level of a transaction, or says that it cannot', async () => {
    const { url } = databases.postgresql;
    const reading = await openSession({ url, entities: [], readOnly: true });
    const level = await reading.em.fork().transactional(em => em.execute('show transaction_isolation'), {
      isolationLevel: 'serializable' as never,
    });
    expect(level).toEqual([{ transaction_isolation: 'serializable' }]);
    await reading.close();
    const sandbox = await openSession({ url, entities: [], sandbox: true });
    const begin = (isolationLevel: string) =>
      sandbox.em.fork().transactional(async () => 'done', { isolationLevel: isolationLevel as never });
    expect(await begin('read committed')).toBe('done');
    await expect(begin('serializable')).rejects.toMatchObject({
      name: 'CannotUndo',
      message: 'A sandbox (--sandbox) is one transaction, at READ COMMITTED, and begins none at SERIALIZABLE',
    });
    expect(await begin('read committed')).toBe('done');
    await sandbox.close();
  });
});

describe('what cannot be opened', () => {
  it('names the replica that does not answer', async () => {
    const config = configOf('postgresql', { replicas: [{ port: 1 }] });
    await expect(openSession({ config, readOnly: true })).rejects.toMatchObject({
      message: 'Nothing answers on localhost:1',
    });
  });

  it.each(guards)('is a MikroORM that is not as it is known: %j', async guard => {
    const { driver, ...rest } = configOf('sqlite', {});
    const known = driver as unknown as new (...args: unknown[]) => { connection: { createKysely: unknown } };
    const other = class extends known {
      constructor(...args: unknown[]) {
        super(...args);
        this.connection.createKysely = () => (undefined as unknown as { pool: unknown }).pool;
      }
    };
    await expect(
      openSession({ config: { ...rest, driver: other as never }, ...guard }),
    ).rejects.toMatchObject({
      name: 'UnsupportedVersion',
      message: expect.stringMatching(/^mikroscope .* this is .*: Cannot read properties of undefined/),
    });
  });
});
