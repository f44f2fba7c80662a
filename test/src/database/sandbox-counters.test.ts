import { describe, expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { createDatabase, everyDialect, isMysql } from '../../support/databases.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

const TABLES = [
  'create table a (id int auto_increment primary key, text varchar(9))',
  'create table `odd ``b` (`odd ``id` bigint auto_increment primary key, text varchar(9))',
  'create trigger also after insert on a for each row insert into `odd ``b` (text) values (new.text)',
  "insert into a (text) values ('x'), ('y')",
];

const INSERT = "insert into a (text) values ('z')";

for (const { dialect, skipped } of everyDialect.filter(each => isMysql(each.dialect))) {
  const group = skipped === '' ? describe : describe.skip;
  group(`a sandbox on ${dialect} ${skipped}`, () => {
    /** The ids that rows get after a sandbox in which something was inserted. */
    async function idsAfter(beside: (other: Session) => Promise<unknown>): Promise<unknown> {
      const database = await createDatabase(dialect);
      const other = await openSession({ url: database.url, entities: [] });
      for (const sql of TABLES) await other.em.execute(sql);
      const sandbox = await openSession({ url: database.url, entities: [], sandbox: true });
      for (const sql of [INSERT, INSERT]) await sandbox.em.execute(sql);
      expect(await sandbox.em.execute('select max(id) as id from a')).toEqual([{ id: 4 }]);
      const text = await beside(other);
      await sandbox.close();
      if (other.inTransaction) await other.rollback();
      const fork = other.em.fork();
      await fork.execute(INSERT);
      const ids = await fork.execute(
        'select (select max(id) from a) as a, (select max(`odd ``id`) from `odd ``b`) as b',
      );
      await other.close();
      await database.drop();
      return [ids, text];
    }

    it('sets back what its rows took their ids from, also by way of a trigger', async () => {
      expect(await idsAfter(() => Promise.resolve(0))).toEqual([[{ a: 3, b: 3 }], 0]);
    });

    it('leaves alone what somebody else has rows of', async () => {
      expect(await idsAfter(other => other.em.fork().execute(INSERT))).toMatchObject([[{ a: 6, b: 6 }], {}]);
    });

    it('and of those in a transaction that is open, for which it does not wait', async () => {
      const begins = async (other: Session) => {
        await other.em.begin();
        await other.em.execute(INSERT);
      };
      expect(await idsAfter(begins)).toEqual([[{ a: 6, b: 6 }], undefined]);
    });

    it('sets back those of another database, also by way of a trigger', async () => {
      const [own, beside] = [await createDatabase(dialect), await createDatabase(dialect)];
      const name = new URL(beside.url).pathname.slice(1);
      const other = await openSession({ url: own.url, entities: [] });
      for (const table of [`${name}.c`, `${name}.d`, 'a'])
        await other.em.execute(`create table ${table} (id int auto_increment primary key, text varchar(9))`);
      await other.em.execute(
        `create trigger also after insert on a for each row insert into ${name}.d (text) values (new.text)`,
      );
      const sandbox = await openSession({ url: own.url, entities: [], sandbox: true });
      for (const sql of [INSERT, INSERT, `insert into ${name}.c (text) values ('z')`])
        await sandbox.em.execute(sql);
      await sandbox.close();
      for (const table of ['c', 'd']) {
        const inserted = await other.em.execute<{ insertId: number }>(
          `insert into ${name}.${table} (text) values ('z')`,
          [],
          'run',
        );
        expect(inserted.insertId).toBe(1);
      }
      await other.close();
      for (const database of [own, beside]) await database.drop();
    });
  });
}
