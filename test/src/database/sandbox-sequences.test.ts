import { describe, expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { createDatabase } from '../../support/databases.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

const TABLES = [
  'create table a (id serial primary key)',
  'create table b (id int generated always as identity primary key)',
  'create sequence "Odd ""s"',
  `create table c (id int default nextval('"Odd ""s"'), other int)`,
  'insert into a default values',
  'insert into a default values',
];

const HELD =
  'select (select last_value from a_id_seq) as a, (select is_called from a_id_seq) as "aCalled", ' +
  '(select last_value from b_id_seq) as b, (select is_called from b_id_seq) as "bCalled", ' +
  '(select last_value from "Odd ""s") as c, (select is_called from "Odd ""s") as "cCalled"';

/** What the sequences hold before a sandbox and after it. */
async function heldAround(
  inSandbox: (sandbox: Session, other: Session) => Promise<unknown>,
): Promise<unknown[]> {
  const database = await createDatabase('postgresql');
  const other = await openSession({ url: database.url, entities: [] });
  try {
    for (const sql of TABLES) await other.em.execute(sql);
    const before = await other.em.execute(HELD);
    const sandbox = await openSession({ url: database.url, entities: [], sandbox: true });
    await inSandbox(sandbox, other);
    await sandbox.close();
    return [before[0], (await other.em.execute(HELD))[0]];
  } finally {
    await other.close();
    await database.drop();
  }
}

const INSERTS = ['a', 'b', 'c'].map(name => `insert into ${name} default values`);

async function insertAll({ em }: Session): Promise<void> {
  for (const sql of INSERTS) await em.execute(sql);
}

it('a sandbox on postgresql sets the sequences back that its rows took their ids from', async () => {
  const [before, after] = await heldAround(async sandbox => {
    await insertAll(sandbox);
    await insertAll(sandbox);
    await expect(sandbox.em.execute("select nextval('a_id_seq')")).rejects.toMatchObject({
      message: 'A sandbox (--sandbox) does not run NEXTVAL(): it could not be undone',
    });
    expect(await sandbox.em.execute('select max(id) as id from a')).toEqual([{ id: 4 }]);
  });
  expect(after).toEqual(before);
});

it('a sandbox on postgresql leaves the sequences alone that somebody else has drawn from', async () => {
  const [, after] = await heldAround(async (sandbox, other) => {
    await insertAll(sandbox);
    await insertAll(other);
    await insertAll(sandbox);
  });
  expect(after).toMatchObject({ a: '5', b: '3', c: '3' });
});

it('and those that somebody draws from in a transaction that is open', async () => {
  const open: (() => void)[] = [];
  const done: Promise<unknown>[] = [];
  const [, after] = await heldAround(async (sandbox, other) => {
    await insertAll(sandbox);
    const { promise: inserted, resolve } = Promise.withResolvers<void>();
    done.push(
      other.em.fork().transactional(async fork => {
        for (const sql of INSERTS) await fork.execute(sql);
        resolve();
        await new Promise<void>(end => open.push(end));
      }),
    );
    await inserted;
    await insertAll(sandbox);
    await sandbox.close();
    for (const end of open) end();
    await Promise.all(done);
  });
  expect(after).toMatchObject({ a: '5', b: '3', c: '3' });
});

describe('it leaves a sequence alone', () => {
  const DRAWN = 'select last_value::int as value from s';

  it.each([
    ['that somebody drew from for no row', 'create sequence s', "select nextval('s')", 3],
    ['and for a table without that default', 'create sequence s', "insert into u values (nextval('s'))", 3],
    ['that counts down', 'create sequence s increment -1', 'insert into t default values', -3],
    ['that begins anew', 'create sequence s minvalue 1 maxvalue 2 cycle', 'insert into t default values', 1],
  ])('%s', async (_, create, draw, value) => {
    const database = await createDatabase('postgresql');
    const other = await openSession({ url: database.url, entities: [] });
    try {
      for (const sql of [create, "create table t (id int default nextval('s'))", 'create table u (id int)'])
        await other.em.execute(sql);
      const sandbox = await openSession({ url: database.url, entities: [], sandbox: true });
      await sandbox.em.execute('insert into t default values');
      await other.em.execute(draw);
      await sandbox.em.execute('insert into t default values');
      await sandbox.close();
      expect(await other.em.execute(DRAWN)).toEqual([{ value }]);
    } finally {
      await other.close();
      await database.drop();
    }
  });
});

it('a sandbox on postgresql sets a sequence back that counts down, and one of a table of partitions', async () => {
  const database = await createDatabase('postgresql');
  const other = await openSession({ url: database.url, entities: [] });
  try {
    for (const sql of [
      'create sequence s increment by -2',
      "create table t (id int default nextval('s')) partition by range (id)",
      'create table p partition of t default',
    ])
      await other.em.execute(sql);
    const sandbox = await openSession({ url: database.url, entities: [], sandbox: true });
    for (let row = 0; row < 3; row++) await sandbox.em.execute('insert into t default values');
    await sandbox.close();
    const held = 'select last_value::int as value, is_called as called from s';
    expect(await other.em.execute(held)).toEqual([{ value: -1, called: false }]);
  } finally {
    await other.close();
    await database.drop();
  }
});
