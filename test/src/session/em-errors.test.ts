// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import {
  ForeignKeyConstraintViolationException,
  NotNullConstraintViolationException,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import { type openSession, Post, User } from '../../../src/index.ts';
import { named } from '../../support/blog.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { testScripts } from '../../support/typed.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

const corey = { username: 'Corey', email: 'd@demo.com', password: 'p' };
const post = { title: 't', content: 'c', datePosted: new Date(), author: 77 };
const taken = "UniqueViolation: User.username 'Corey' is taken already";
const missing = 'MissingValue: User.email has no value, and it needs one';
const broken = 'ForeignKeyViolation: User 77 is not in the database, and Post.author refers to it';

const calls: readonly (readonly [
  call: string,
  run: (em: Session['em']) => Promise<unknown>,
  error: string,
])[] = [
  ['insert', em => em.insert(User, corey), taken],
  ['insert', em => em.insert(User, { username: 'Dora' } as never), missing],
  ['insert', em => em.insert(Post, post), broken],
  ['insertMany', em => em.insertMany(User, [{ ...corey, username: 'Dora', email: 'e' }, corey]), taken],
  ['upsert', em => em.upsert(User, { username: 'Dora' }), missing],
  ['nativeUpdate', em => em.nativeUpdate(User, { id: 2 }, { username: 'Corey' }), taken],
  ['nativeUpdate', em => em.nativeUpdate(User, { id: 1 }, { email: null }), missing],
  ['nativeUpdate', em => em.nativeUpdate(Post, {}, { author: 77 }), broken],
  ['flush', em => em.persist(named('Corey', { email: 'd' })).flush(), taken],
  ['flush', em => em.persist(new User({ username: 'Dora', password: 'p' })).flush(), missing],
  [
    'transactional',
    em => em.transactional(async tx => void tx.persist(named('Corey', { email: 'd' }))),
    taken,
  ],
  ['transactional', em => em.transactional(tx => tx.insert(Post, post as never)), 'ForeignKeyViolation: '],
  [
    'execute',
    em => em.execute('select * from nowhere'),
    "MissingTable: There is no table 'nowhere' in this database",
  ],
  ['execute', em => em.execute('select nowhere'), 'DatabaseError: '],
  ['createQueryBuilder', em => em.createQueryBuilder(User).where('nowhere = 3').execute(), 'DatabaseError: '],
  [
    'createQueryBuilder',
    em => em.createQueryBuilder(User).insert(corey).execute(),
    'UniqueViolation: User.username',
  ],
  [
    'createQueryBuilder',
    em =>
      em
        .createQueryBuilder(User)
        .insert({ nowhere: 3 } as never)
        .execute(),
    'DatabaseError: ',
  ],
  ['find', em => em.find(User, { username: 'Corey' }, { having: 'nowhere = 3' } as never), 'DatabaseError: '],
];

async function inBlog(dialect: (typeof dialects)[number], test: (session: Session) => Promise<void>) {
  await inSession(dialect, async session => {
    const author = named('Corey');
    session.addAll([author, named('Alex')]);
    session.add(new Post({ title: 't', content: 'c', author }));
    await session.commit();
    await test(session);
  });
}

describe.each(dialects)('errors of an EntityManager on %s', dialect => {
  it.each(calls)('19: em.%s() says it in the words of the session', async (_, run, error) => {
    await inBlog(dialect, async session => {
      const thrown: unknown = await run(session.em).catch((reason: unknown) => reason);
      const text = String(thrown);
      expect(text.slice(0, error.length)).toBe(error);
      expect(text).not.toMatch(/\b(?:insert into|delete from|update) /);
    });
  });

  it('19: they stay of the classes of MikroORM', async () => {
    await inBlog(dialect, async ({ em }) => {
      const code = dialect === 'sqlite' ? 'SQLITE_CONSTRAINT_UNIQUE' : '23505';
      const unique = await em.insert(User, corey).catch((reason: unknown) => reason);
      expect(unique).toBeInstanceOf(UniqueConstraintViolationException);
      expect(unique).toMatchObject({ code, name: 'UniqueViolation', cause: { code } });
      await expect(em.insert(User, {} as never)).rejects.toBeInstanceOf(NotNullConstraintViolationException);
      await expect(em.transactional(tx => tx.insert(Post, post as never))).rejects.toBeInstanceOf(
        ForeignKeyConstraintViolationException,
      );
    });
  });

  it.each(calls.filter(([name]) => name !== 'find'))(
    '19, 20: nothing that was flushed is lost when em.%s() fails',
    async (_, run) => {
      await inBlog(dialect, async session => {
        session.add(named('Bea'));
        await session.flush();
        await session.query(User).filterBy({ username: 'Alex' }).update({ password: 'q' });
        await session.em.execute(`update "user" set email = 'c' where id = 1`);
        const fresh = named('Cleo');
        session.add(fresh);
        await expect(run(session.em)).rejects.toBeInstanceOf(Error);
        for (const entity of session.new) if (entity !== fresh) session.expunge(entity);
        expect(String(await session.commit())).toMatch(/^committed 2 new \(User\), 1 changed \(User\)$/);
        const rows = await session.em.fork().find(User, {}, { orderBy: { username: 'asc' } });
        expect(rows.map(({ username }) => username)).toEqual(['Alex', 'Bea', 'Cleo', 'Corey']);
        expect([rows[0]?.password, rows[3]?.email]).toEqual(['q', 'c']);
      });
    },
  );

  it('19: em.flush() that fails in the open transaction leaves what it was to write staged', async () => {
    await inBlog(dialect, async session => {
      session.add(named('Bea'));
      await session.flush();
      const twin = named('Corey', { email: 'd' });
      await expect(session.em.persist(twin).flush()).rejects.toMatchObject({ name: 'UniqueViolation' });
      expect(session.new).toEqual([twin]);
      twin.username = 'Dora';
      expect(String(await session.commit())).toBe('committed 2 new (User)');
      expect(await session.em.fork().count(User)).toBe(4);
    });
  });
});

testScripts('rows that others refer to', [
  [
    '28: a delete() or update() that a foreign key refuses names the row, and what refers to it',
    `> o = new Order('o'); i = new Item('i'); i.order = o; addAll([o, i]); commit(); add(new Order('p')); commit()
    committed 1 new (Order)
    > Order.query.filterBy({ name: 'o' }).delete()
    Uncaught ForeignKeyViolation: Order 1 cannot be removed: Item.order still refers to it
    > em.nativeDelete(Order, { name: 'o' })
    Uncaught ForeignKeyViolation: Order 1 cannot be removed: Item.order still refers to it
    > Order.query.delete()
    Uncaught ForeignKeyViolation: Order 1 cannot be removed: Item.order still refers to it
    > em.clear(); Order.query.filterBy({ name: 'o' }).update({ id: 9 })
    Uncaught ForeignKeyViolation: The key of Order 1 cannot change: Item.order refers to it, and has no updateRule('cascade')
    > em.nativeUpdate(Order, { name: 'o' }, { id: 9 })
    Uncaught ForeignKeyViolation: The key of Order 1 cannot change: Item.order refers to it, and has no updateRule('cascade')
    > Item.query.update({ order: 7 })
    Uncaught ForeignKeyViolation: Order 7 is not in the database, and Item.order refers to it
    > Order.query.filterBy({ name: 'p' }).delete()
    1`,
  ],
]);

testScripts('errors of other EntityManagers', [
  [
    '19: what a fork is refused is said as what the session is',
    `> f = em.fork(); f.persist(f.create(Item, { name: 'i', order: 7 })); f.flush()
    Uncaught ForeignKeyViolation: A row would refer to one that is not in the database
    > f.execute('select * from nowhere')
    Uncaught MissingTable: There is no table 'nowhere' in this database
    > em.getKysely().selectFrom('nowhere').selectAll().execute()
    Uncaught MissingTable: There is no table 'nowhere' in this database
    > f.clear(); f.create(Order, {}); f.flush()
    Uncaught MissingValue: Order.name has no value, and it needs one
    > f.clear(); f.create(Item, { name: 'i', order: 7 }); thrown = ''; try { f.flush() } catch (error) { thrown = error.constructor.name }; thrown
    'ForeignKeyConstraintViolationException'`,
  ],
]);
