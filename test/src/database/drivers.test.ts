// The numbers in the names are those of docs/session.md.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { defineEntity, p } from '@mikro-orm/core';
import { openSession, Post, User } from '../../../src/index.ts';
import { named } from '../../support/blog.ts';
import { createDatabase, everyDialect, inSession, isMysql } from '../../support/databases.ts';

class Sample {
  declare id: number;
  declare code: string;
  declare size: number;
  declare flag: boolean;
  declare exact: string;
  declare big: bigint;
  declare data: object;
  declare at: Date;
  declare note: string | null;
  constructor(code: string, fields: Partial<Sample> = {}) {
    Object.assign(this, {
      code,
      size: 1,
      flag: true,
      exact: '1.50',
      big: 1n,
      data: {},
      at: new Date(0),
      note: null,
    });
    Object.assign(this, fields);
  }
}
defineEntity({
  name: 'Sample',
  properties: {
    id: p.integer().primary(),
    code: p.string().length(20),
    size: p.integer(),
    flag: p.boolean(),
    exact: p.decimal().precision(10).scale(2),
    big: p.bigint(),
    data: p.json(),
    at: p.datetime(),
    note: p.string().nullable(),
  },
  uniques: [{ properties: ['code', 'size'] }],
  checks: [{ name: 'sample_size_check', property: 'size', expression: 'size < 100' }],
}).setClass(Sample);

for (const { dialect, skipped } of everyDialect) {
  const group = skipped === '' ? describe : describe.skip;
  group(`a session on ${dialect} ${skipped}`.trim(), () => {
    // The first database of PGlite takes its time.
    beforeAll(async () => (await createDatabase(dialect)).drop());

    it('keeps the blog: create, add, commit, query, walk relations, drop', async () => {
      const database = await createDatabase(dialect);
      const session = await openSession({ url: database.url });
      expect(session.database.dialect).toBe(dialect);
      expect(String(await session.createAll())).toBe('created post, user');
      expect(String(await session.createAll())).toBe('nothing to create');
      const [corey, alex] = [named('Corey'), named('Alex')];
      session.addAll([corey, alex]);
      expect(String(await session.commit())).toBe('committed 2 new (User)');
      expect([corey.id, alex.id]).toEqual([1, 2]);
      session.addAll([1, 2].map(i => new Post({ title: `Blog ${i}`, content: 'c', userId: corey.id })));
      expect(String(await session.commit())).toBe('committed 2 new (Post)');
      const posts = (await session.read(corey, 'posts')) as User['posts'];
      expect(posts.map(post => post.title)).toEqual(['Blog 1', 'Blog 2']);
      const post = await session.query(Post).first();
      expect([await session.read(post, 'author'), post?.datePosted]).toEqual([corey, expect.any(Date)]);
      expect(await session.query(User).filterBy({ username: 'Corey' }).count()).toBe(1);
      expect(await session.query(User).filterBy({ username: 'Nobody' }).exists()).toBe(false);
      const seen: string[] = [];
      for await (const user of session.query(User)) seen.push(user.username);
      expect(seen).toEqual(['Corey', 'Alex']);
      const page = await session.query(User).paginate({ page: 2, perPage: 1 });
      expect([page.items, page.total, page.hasNext]).toEqual([[alex], 2, false]);
      expect(String(await session.dropAll())).toBe('dropped post, user');
      await expect(session.query(User).all()).rejects.toMatchObject({
        name: 'MissingTable',
        message: "There is no table 'user' in this database",
        hint: 'createAll() creates it.',
      });
      await session.close();
      await database.drop();
    });

    it('8, 18, 28: autoflush, rollback, bulk update and delete', async () => {
      await inSession(dialect, async (session, sql) => {
        const corey = named('Corey');
        session.add(corey);
        await session.commit();
        sql.length = 0;
        corey.email = 'new';
        const alex = named('Alex');
        session.add(alex);
        expect(await session.query(User).count()).toBe(2);
        expect(sql[0]).toBe('begin');
        expect(await session.query(User).update({ password: 'q' })).toBe(2);
        expect(await session.query(User).filterBy({ username: 'Corey' }).delete()).toBe(1);
        expect(String(await session.rollback())).toMatch(/^rolled back/);
        expect(sql.at(-1)).toBe('rollback');
        expect([alex.id, await session.read(corey, 'email')]).toEqual([undefined, 'Corey@demo.com']);
        const [row] = await session.query(User).all();
        expect([row, row?.password]).toEqual([corey, 'p']);
      });
    });

    it('19, 20: a failed commit or autoflush names entity, field and value, and loses nothing', async () => {
      await inSession(dialect, async session => {
        const corey = named('Corey');
        session.add(corey);
        await session.commit();
        const twin = named('Corey', { email: 'other' });
        session.add(twin);
        const taken = { name: 'UniqueViolation', message: "User.username 'Corey' is taken already" };
        for (let i = 0; i < 2; i++) await expect(session.commit()).rejects.toMatchObject(taken);
        await expect(session.query(User).all()).rejects.toMatchObject({
          ...taken,
          message: `The query first flushed what is staged, and that failed: ${taken.message}`,
        });
        expect([session.new, twin.id]).toEqual([[twin], undefined]);
        twin.username = 'Corey2';
        expect(String(await session.commit())).toBe('committed 1 new (User)');
        session.add(new Post({ title: 't', content: 'c', userId: 99 }));
        await expect(session.commit()).rejects.toMatchObject({
          name: 'ForeignKeyViolation',
          message: 'User 99 is not in the database, and Post.author refers to it',
        });
        await session.rollback();
        corey.email = null as never;
        await expect(session.commit()).rejects.toMatchObject({
          name: 'MissingValue',
          message: 'User.email has no value, and it needs one',
        });
      });
    });

    it('19: keys of two fields and checks are named, too', async () => {
      await inSession(
        dialect,
        async session => {
          session.addAll([new Sample('a'), new Sample('b')]);
          await session.commit();
          session.add(new Sample('a'));
          await expect(session.commit()).rejects.toMatchObject({
            name: 'UniqueViolation',
            message: expect.stringMatching(/^Sample\.code \+ size .*is taken already$/),
          });
          await session.rollback();
          session.add(new Sample('c', { size: 100 }));
          await expect(session.commit()).rejects.toMatchObject({
            name: 'CheckViolation',
            message: 'Sample.size 100 breaks its check size < 100',
          });
          await session.rollback();
          expect(await session.query(Sample).count()).toBe(2);
        },
        { entities: [Sample] },
      );
    });

    it('takes every kind of value back as it was', async () => {
      await inSession(
        dialect,
        async session => {
          const fields = {
            flag: false,
            exact: '12345.67',
            big: 9007199254740991n,
            data: { deep: [1, 'two', null] },
            at: new Date('2024-02-29T12:34:56Z'),
          };
          const sample = new Sample('x', fields);
          session.addAll([
            sample,
            ...Array.from({ length: 30 }, (_, i) => new Sample(`s${i}`, { note: `n${i}` })),
          ]);
          await session.commit();
          await session.refresh(sample);
          expect(sample).toMatchObject({ ...fields, note: null, id: 1 });
          expect(session.dirty).toEqual([]);
          expect(await session.query(Sample).filterBy({ note: null }).all()).toEqual([sample]);
          expect(await session.query(Sample).filterBy({ flag: false }).count()).toBe(1);
        },
        { entities: [Sample] },
      );
    });

    it('31: an error in nested() undoes only the inside', async () => {
      await inSession(dialect, async session => {
        session.add(named('Corey'));
        await expect(
          session.nested(async () => {
            session.add(named('Alex'));
            await session.flush();
            throw new Error('no');
          }),
        ).rejects.toThrow('no');
        expect(String(await session.commit())).toBe('committed 1 new (User)');
        expect(await session.query(User).count()).toBe(1);
      });
    });

    it('1: createAll() in an open transaction loses nothing, nor does other DDL', async () => {
      await inSession(dialect, async session => {
        await session.em.execute('drop table post');
        session.add(named('Corey'));
        await session.flush();
        expect(String(await session.createAll())).toBe('created post');
        expect(await session.query(User).count()).toBe(1);
        const ddl = session.em.execute('create table other (id int)').catch((error: unknown) => error);
        const outcome = isMysql(dialect) ? 'InvalidState' : undefined;
        expect(((await ddl) as Error).name).toBe(outcome);
        await session.rollback();
        expect(await session.query(User).count()).toBe(0);
      });
    });
  });
}
