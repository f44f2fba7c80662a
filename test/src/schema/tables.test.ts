// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { defineEntity, p } from '@mikro-orm/core';
import { openSession, User } from '../../../src/index.ts';
import { createDatabase, dialects, inSession } from '../../support/databases.ts';

const Author = defineEntity({
  name: 'Author',
  tableName: 'author',
  properties: { id: p.integer().primary(), name: p.string() },
});
const view = (name: string, expression: string, materialized = false) =>
  defineEntity({
    name,
    tableName: name,
    view: materialized ? { materialized: true } : true,
    expression,
    properties: { id: p.integer().primary(), name: p.string() },
  });
const Latest = view('latest', 'select id, name from author');
const Newest = view('a_newest', 'select id, name from latest');
const Counted = view('counted', 'select id, name from latest', true);

describe.each(dialects)('the schema on %s', dialect => {
  it('1: createAll() creates what is missing, and twice is harmless', async () => {
    const database = await createDatabase(dialect);
    const session = await openSession({ url: database.url });
    expect(String(await session.createAll())).toBe('created post, user');
    expect(String(await session.createAll())).toBe('nothing to create');
    await session.close();
    await database.drop();
  });

  it('1: createAll() makes up for one missing table and leaves all others as they are', async () => {
    await inSession(dialect, async session => {
      await session.em.execute('drop table post');
      await session.em.execute('create table other (id int)');
      await session.em.execute(
        `alter table ${session.em.getPlatform().quoteIdentifier('user')} add column extra int`,
      );
      expect(String(await session.createAll())).toBe('created post');
      expect(await session.em.execute('select count(extra) as n from "user"')).toEqual([
        { n: expect.anything() },
      ]);
      expect(await session.em.execute('select * from other')).toEqual([]);
    });
  });

  it('1: createAll() inside an open transaction does not hang', async () => {
    await inSession(dialect, async session => {
      await session.em.execute('drop table post');
      session.add(new User({ username: 'a', email: 'a', password: 'a' }));
      await session.flush();
      expect(String(await session.createAll())).toBe('created post');
      expect(String(await session.commit())).toBe('committed 1 new (User)');
    });
  });

  it('30: dropAll() drops the known tables only, ends the transaction and empties the session', async () => {
    await inSession(dialect, async (session, sql) => {
      await session.em.execute('create table other (id int)');
      const user = new User({ username: 'Corey', email: 'c@demo.com', password: 'p' });
      session.add(user);
      await session.commit();
      session.add(new User({ username: 'b', email: 'b', password: 'b' }));
      await session.flush();
      expect(String(await session.dropAll())).toBe('dropped post, user');
      expect(String(await session.dropAll())).toBe('nothing to drop');
      expect(await session.em.execute('select * from other')).toEqual([]);
      expect([session.has(user), session.new, session.em.isInTransaction()]).toEqual([false, [], false]);
      expect(sql).toContain('rollback');
      // Old variables can still be looked at; what they never loaded is a clear error.
      expect(session.read(user, 'username')).toBe('Corey');
      await session.createAll();
      expect(await session.query(User).all()).toEqual([]);
      expect(String(user)).toBe("User('Corey', 'c@demo.com')");
    });
  });

  it('1, 30: views of entities come and go with the tables, and no others', async () => {
    const Views = dialect === 'postgresql' ? [Author, Latest, Newest, Counted] : [Author, Latest, Newest];
    const run: Parameters<typeof inSession>[1] = async session => {
      const { em } = session;
      await em.execute('create table other (id int)');
      await em.execute('create view others as select * from other');
      const all = Views.map(({ meta }) => meta.tableName)
        .toSorted()
        .join(', ');
      for (let i = 0; i < 2; i++) {
        expect(String(await session.createAll())).toBe(i === 0 ? 'nothing to create' : `created ${all}`);
        await em.execute("insert into author (name) values ('a')");
        expect(await em.execute('select * from a_newest')).toMatchObject([{ name: 'a' }]);
        await em.execute('drop view a_newest');
        expect(String(await session.createAll())).toBe('created a_newest');
        expect(String(await session.dropAll())).toBe(`dropped ${all}`);
        expect(String(await session.dropAll())).toBe('nothing to drop');
      }
      expect(await em.execute('select * from others')).toEqual([]);
    };
    await inSession(dialect, run, { entities: Views as never });
  });

  it('names a missing table and what makes it', async () => {
    await inSession(dialect, async session => {
      await session.dropAll();
      await expect(session.query(User).all()).rejects.toMatchObject({
        name: 'MissingTable',
        message: "There is no table 'user' in this database",
        hint: 'createAll() creates it.',
      });
    });
  });
});
