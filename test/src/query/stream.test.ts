// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Post, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

type Session = Parameters<Parameters<typeof inSession>[1]>[0];

const COUNT = 1300;

/** Users u0001, u0002 and so on, none of them loaded. */
const inUsers = async (dialect: (typeof dialects)[number], test: (session: Session) => Promise<void>) => {
  await inSession(dialect, async session => {
    const rows = Array.from({ length: COUNT }, (_, i) => {
      const name = `u${String(i + 1).padStart(4, '0')}`;
      return `(${i + 1}, '${name}', '${name}@demo.com', 'p')`;
    });
    await session.em.execute(`insert into "user" (id, username, email, password) values ${rows.join(', ')}`);
    await test(session);
  });
};

const loaded = (session: Session) => [...session.em.getUnitOfWork().getIdentityMap()];

const collectGarbage = async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // The first lets go what the second finds gone.
  for (let i = 0; i < 2; i++) {
    await setImmediate();
    collect();
  }
  await setImmediate();
};

describe.each(dialects)('a loop over a query on %s', dialect => {
  it('24: lets go the rows that nobody holds, and keeps the others', async () => {
    await inUsers(dialect, async session => {
      const before = await session.query(User).getOrFail(7);
      const held: User[] = [];
      const walk = async () => {
        for await (const user of session.query(User)) if (user.id % 500 === 0) held.push(user);
      };
      await walk();
      await collectGarbage();
      const ids = loaded(session).map(user => Reflect.get(user, 'id') as number);
      expect(ids).toEqual(expect.arrayContaining([7, 500, 1000]));
      // The engine may hold the last row that it saw a little longer.
      expect(ids.length).toBeLessThan(6);
      expect([await session.query(User).get(7), await session.query(User).get(500)]).toEqual([
        before,
        held[0],
      ]);
      expect((await session.query(User).filterBy({ id: 1000 }).one()) === held[1]).toBe(true);
      held[0]!.password = 'changed';
      expect(session.dirty).toEqual([held[0]]);
      expect(String(await session.commit())).toBe('committed 1 changed (User)');
    });
  });

  it('24: what is changed after the loop is committed, though nobody holds it', async () => {
    await inUsers(dialect, async session => {
      const change = async () => {
        let found: User | undefined;
        for await (const user of session.query(User)) if (user.id === 600) found = user;
        found!.password = 'changed';
      };
      await change();
      await collectGarbage();
      expect(String(await session.commit())).toBe('committed 1 changed (User)');
      expect(await session.query(User).filterBy({ password: 'changed' }).count()).toBe(1);
    });
  });

  it('24: what is changed in the loop is written, and rollback() takes it back', async () => {
    await inUsers(dialect, async session => {
      for await (const user of session.query(User)) user.password = `p${user.id}`;
      await collectGarbage();
      expect(session.uncommitted.changed).toBe(COUNT);
      expect(String(await session.rollback())).toBe(`rolled back ${COUNT} changed (User)`);
      expect(await session.query(User).filterBy({ password: 'p' }).count()).toBe(COUNT);
      for await (const user of session.query(User)) user.password = `p${user.id}`;
      expect(String(await session.commit())).toBe(`committed ${COUNT} changed (User)`);
      expect(await session.query(User).filterBy({ password: 'p1300' }).count()).toBe(1);
    });
  });

  it('24: gives every row once while the loop removes, adds and commits', async () => {
    await inUsers(dialect, async session => {
      const seen: number[] = [];
      for await (const user of session.query(User)) {
        seen.push(user.id);
        if (user.id % 3 === 0) await session.remove(user);
        if (user.id % 100 === 0) {
          const username = `new ${user.id}`;
          session.add(new User({ id: 5000 + user.id, username, email: username, password: 'p' }));
          await session.commit();
        }
      }
      await session.commit();
      expect(seen).toEqual(Array.from({ length: COUNT }, (_, i) => i + 1));
      expect(await session.query(User).count()).toBe(COUNT - 433 + 13);
    });
  });

  it('24: keeps its order while the loop changes what it is ordered by', async () => {
    await inUsers(dialect, async session => {
      const seen: number[] = [];
      const query = session.query(User).orderBy('-username').offset(10).limit(1200);
      for await (const user of query) {
        seen.push(user.id);
        user.username = `a${user.id}`;
        if (user.id % 100 === 0) await session.commit();
      }
      expect(seen).toEqual(Array.from({ length: 1200 }, (_, i) => COUNT - 10 - i));
    });
  });

  it('24: gives every row once, in order, where the order or a condition leads through a relation', async () => {
    await inUsers(dialect, async session => {
      await session.em.execute(
        `insert into post (id, title, content, date_posted, user_id) select id, 't', 'c', ${dialect === 'sqlite' ? 0 : 'now()'}, id from "user" where id > 100 union all select id + 10000, 't', 'c', ${dialect === 'sqlite' ? 0 : 'now()'}, id from "user" where id > 200`,
      );
      const ids: number[] = [];
      for await (const user of session
        .query(User)
        .filterBy({ posts: { title: 't' } })
        .orderBy('-username'))
        ids.push(user.id);
      expect(ids).toEqual(Array.from({ length: COUNT - 100 }, (_, i) => COUNT - i));
      const authors: (number | undefined)[] = [];
      for await (const post of session.query(Post).orderBy('author.username', 'id').limit(1001))
        authors.push(post.author?.id);
      expect([authors.length, ...authors.slice(98, 105)]).toEqual([1001, 199, 200, 201, 201, 202, 202, 203]);
    });
  });

  it('24: an error in reading the order is a sentence', async () => {
    await inUsers(dialect, async session => {
      await session.em.execute('drop table post');
      const walk = async () => {
        for await (const post of session.query(Post).orderBy('-title')) expect(post).toBe(undefined);
      };
      await expect(walk()).rejects.toMatchObject({ name: 'MissingTable' });
    });
  });

  it('24: a row that the loop removes before its turn does not come', async () => {
    await inUsers(dialect, async session => {
      const seen: number[] = [];
      for await (const user of session.query(User).limit(4)) {
        seen.push(user.id);
        if (user.id === 2) await session.remove(await session.query(User).getOrFail(3));
      }
      expect(seen).toEqual([1, 2, 4]);
    });
  });

  it('24: break ends it, and so does an error', async () => {
    await inUsers(dialect, async session => {
      for await (const user of session.query(User)) {
        user.password = 'changed';
        break;
      }
      const fail = async () => {
        for await (const user of session.query(User)) throw new Error(user.username);
      };
      await expect(fail()).rejects.toThrow('u0001');
      expect(String(await session.commit())).toBe('committed 1 changed (User)');
      expect(await session.query(User).count()).toBe(COUNT);
      await collectGarbage();
      expect(loaded(session).length).toBeLessThan(10);
    });
  });

  it('6: what is held is read again after commit(), with few queries', async () => {
    await inUsers(dialect, async session => {
      const held: User[] = [];
      for await (const user of session.query(User)) held.push(user);
      await session.query(User).update({ password: 'new' });
      await session.commit();
      let queries = 0;
      session.sql.subscribe(() => void queries++);
      for (const user of held) expect(await session.read(user, 'password')).toBe('new');
      expect(queries).toBe(1);
    });
  });
});
