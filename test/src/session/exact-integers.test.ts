// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Post, User } from '../../../src/index.ts';
import { named } from '../../support/blog.ts';
import { type Dialect, dialects, inSession } from '../../support/databases.ts';
import { Held, values } from '../fixtures/values.ts';

const big = 1_234_567_890_123_456_789n;

describe.each(dialects)('integers on %s', dialect => {
  it('44: beyond 2^53 are read exactly, whatever form the property has', async () => {
    await inSession(
      dialect,
      async session => {
        for (const each of [big, big - 1n, -(2n ** 63n), 5n])
          await session.em.execute(
            `insert into held (big, big_number, big_text) values (${each}, ${each}, ${each})`,
          );
        const rows = await session.query(Held).orderBy('id').all();
        expect(rows.map(row => row.big)).toEqual([big, big - 1n, -(2n ** 63n), 5n]);
        expect(rows.map(row => row.bigNumber)).toEqual([big, big - 1n, -(2n ** 63n), 5]);
        expect(rows.map(row => row.bigText)).toEqual([big, big - 1n, -(2n ** 63n), 5n].map(String));
        for (const row of rows) row.integer = 1;
        expect(String(await session.commit())).toBe('committed 4 changed (Held)');
        expect(await session.query(Held).filterBy({ big, bigNumber: big, bigText: big }).count()).toBe(1);
        expect(
          await session
            .query(Held)
            .filterBy({ bigNumber: big })
            .update({ bigNumber: big + 1n }),
        ).toBe(1);
        expect(await session.read(rows[0], 'bigNumber')).toBe(big + 1n);
      },
      { entities: values },
    );
  });
});

const embedded: readonly Dialect[] = ['sqlite', 'libsql'];

describe.each(embedded)('keys of 64 bits on %s', dialect => {
  it('44: two rows are never one object, and each is changed by itself', async () => {
    await inSession(dialect, async session => {
      for (const [id, name] of [
        [big, 'a'],
        [big - 1n, 'b'],
      ])
        await session.em.execute(
          `insert into "user" (id, username, email, password) values (${id}, '${name}', '${name}', 'p')`,
        );
      const [a, b] = await session.query(User).orderBy('username').all();
      expect([a?.id, b?.id]).toEqual([big, big - 1n]);
      a!.email = 'changed';
      expect(String(await session.commit())).toBe('committed 1 changed (User)');
      expect([await session.read(a, 'email'), await session.read(b, 'email')]).toEqual(['changed', 'b']);
      expect(await session.get(User, big)).toBe(a);
      expect(await session.get(User, String(big - 1n))).toBe(b);
      const post = new Post({ title: 't', content: 'c', author: b! });
      session.add(post);
      await session.commit();
      session.em.clear();
      const [found] = await session.query(Post).all();
      expect(await session.read(await session.read(found, 'author'), 'username')).toBe('b');
      // The next key is one more than the largest.
      const next = named('next');
      session.add(next);
      await session.commit();
      expect(next.id).toBe(big + 1n);
      const streamed: unknown[] = [];
      for await (const user of session.query(User)) streamed.push(user.id);
      expect(streamed).toEqual([big - 1n, big, big + 1n]);
      expect(await session.em.execute('select max(id) as id, 5 as five, 0.5 as half from "user"')).toEqual([
        { id: big + 1n, five: 5, half: 0.5 },
      ]);
    });
  });
});
