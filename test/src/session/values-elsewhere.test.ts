// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { defineEntity, p, raw, unref } from '@mikro-orm/core';
import { Post, User } from '../../../src/index.ts';
import { named } from '../../support/blog.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { outcome } from '../../support/outcome.ts';
import { Held, Owner, Size, values } from '../fixtures/values.ts';

type Session = Parameters<Parameters<typeof inSession>[1]>[0];

const options = { entities: values };

const withHeld = async (
  dialect: (typeof dialects)[number],
  test: (session: Session, held: Held) => Promise<void>,
) =>
  inSession(
    dialect,
    async session => {
      const held = new Held();
      session.add(held);
      await session.commit();
      await session.touch(held);
      await test(session, held);
    },
    options,
  );

/** What is no part of an entity. */
class Other {
  width = 1;
}

describe.each(dialects)('values on %s', dialect => {
  it("37: a text is compared with dates as a date, so that today's posts are not deleted", async () => {
    await inSession(dialect, async session => {
      session.add(new Post({ title: 't', content: 'c' }));
      await session.commit();
      const posts = session.query(Post);
      expect(await posts.filter({ datePosted: { $lt: '2001-01-01' } }).delete()).toBe(0);
      expect(await posts.filter({ datePosted: { $gt: '2001-01-01' } }).count()).toBe(1);
      expect(() => posts.filter({ datePosted: { $lt: 'yesterday' } })).toThrow(
        "Post.datePosted is a date and cannot hold 'yesterday'",
      );
    });
  });

  it('37: a path means the relation, and what leads nowhere is refused by name', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      corey.posts.add(new Post({ title: 't', content: 'c' }));
      session.add(corey);
      await session.commit();
      const posts = session.query(Post);
      expect(await posts.filterBy({ 'author.username': 'Corey', title: 't' }).count()).toBe(1);
      expect(await posts.filter({ $not: { 'author.username': 'Corey' } }).count()).toBe(0);
      expect(
        await session
          .query(User)
          .filter({ 'posts.title': ['t', 'u'] })
          .count(),
      ).toBe(1);
      expect(() => posts.filterBy({ 'author.name': 1 })).toThrow("User has no property 'name'");
      expect(() => posts.filterBy({ 'author.id': 'x' })).toThrow("User.id is an integer and cannot hold 'x'");
      expect(() => posts.filterBy({ 'title.size': 1 })).toThrow('Post.title is a text and cannot hold');
      expect(() => posts.update({ 'author.username': 'x' })).toThrow(
        'update() cannot set Post.author.username',
      );
      expect(() => session.query(User).update({ posts: [] })).toThrow('update() cannot set User.posts');
    });
  });

  it('37: a relation takes an entity of its class or a key', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      corey.posts.add(new Post({ title: 't', content: 'c' }));
      session.add(corey);
      await session.commit();
      const posts = session.query(Post);
      const [post] = await posts.all();
      for (const author of [
        corey,
        corey.id,
        String(corey.id),
        [corey],
        [String(corey.id)],
        { id: [`${corey.id}`] },
      ])
        expect(await posts.filterBy({ author }).count()).toBe(1);
      expect(await posts.update({ author: String(corey.id) })).toBe(1);
      for (const author of ['x', 1.5, true, post, [post], Number.NaN])
        expect(() => posts.filterBy({ author })).toThrow(
          /^Post\.author is an? (integer|User) and cannot hold/,
        );
      expect(() => posts.update({ author: 'x' })).toThrow("Post.author is an integer and cannot hold 'x'");
      await expect(posts.update({ author: named('new') })).rejects.toMatchObject({ name: 'BadArgument' });
      expect(await session.get(User, String(corey.id))).toBe(corey);
      for (const key of ['x', 1.5, Number.NaN, true, {}])
        expect(await outcome(() => session.get(User, key))).toMatch(/^(InvalidValue|BadArgument)$/);
    });
  });

  it('37: what has no value is not taken for NULL', async () => {
    await inSession(dialect, async session => {
      session.add(new Post({ title: 't', content: 'c' }));
      await session.commit();
      const posts = session.query(Post);
      for (const userId of [undefined, { $eq: undefined }, { $in: [undefined] }, [undefined], {}])
        expect(await outcome(() => posts.filterBy({ userId }).delete())).toBe('InvalidValue');
      expect(await outcome(() => posts.update({ title: undefined }))).toBe('InvalidValue');
      expect(await posts.filterBy({ userId: null }).count()).toBe(1);
    });
  });

  it('37: an operator that does not exist is refused; patterns and SQL are taken as they are', async () => {
    await inSession(dialect, async session => {
      session.add(named('Corey'));
      await session.commit();
      const users = session.query(User);
      expect(() => users.filter({ id: { $gtt: 1 } })).toThrow(
        "There is no operator '$gtt'; did you mean '$gt'?",
      );
      expect(await users.filter({ username: { $like: 'C%' } }).count()).toBe(1);
      expect(await users.filter({ username: /^Cor/ }).count()).toBe(1);
      expect(await users.filter({ [raw('1 + 1')]: 2, id: { $gt: raw('0') } }).count()).toBe(1);
      expect(await users.update({ email: raw("'x' || 'y'") })).toBe(1);
      expect(await users.filterBy({ email: 'xy' }).count()).toBe(1);
    });
  });

  it('37: a list is the value of a property that holds lists, and any of its values elsewhere', async () => {
    await withHeld(dialect, async (session, held) => {
      Object.assign(held, { words: ['a', 'b'], data: [1, 2], integer: 5, text: 't' });
      await session.commit();
      const query = session.query(Held);
      const found = (conditions: object) => query.filter(conditions).count();
      expect(await found({ words: ['a', 'b'] })).toBe(1);
      expect(await found({ words: ['a'] })).toBe(0);
      expect(await found({ data: [1, 2] })).toBe(1);
      expect(await found({ integer: ['4', '5'], text: ['t', 'u'] })).toBe(1);
      expect(await found({ integer: [4] })).toBe(0);
      expect([await found({ text: { $not: 't' } }), await found({ text: { $not: 'u' } })]).toEqual([0, 1]);
    });
  });

  it('37: a text that is too long for its column is refused by update(), too', async () => {
    await inSession(dialect, async session => {
      expect(() => session.query(User).update({ username: 'x'.repeat(21) })).toThrow(
        'User.username takes at most 20 characters',
      );
    });
  });

  it('37: the fields of embedded objects are values, too', async () => {
    await withHeld(dialect, async (session, held) => {
      held.size = Object.assign(new Size(), { width: '5', since: '2001-01-01' });
      held.kept = Object.assign(new Size(), { width: '6', label: null });
      held.sizes = [Object.assign(new Size(), { width: '7' })];
      const { size } = held;
      await session.commit();
      await session.touch(held);
      expect([held.size?.width, held.kept?.width, held.sizes[0]?.width]).toEqual([5, 6, 7]);
      expect(held.size).toBe(size);
      expect(held.size?.since).toEqual(new Date('2001-01-01T00:00:00Z'));
      const query = session.query(Held);
      expect(await query.filterBy({ size: { width: '5' } }).count()).toBe(1);
      expect(await query.filterBy({ 'size.since': '2001-01-01' }).count()).toBe(1);
      expect(await query.update({ 'size.width': '8' })).toBe(1);
      expect(await query.filterBy({ 'size.width': 8 }).count()).toBe(1);
      expect(() => query.filterBy({ 'size.width': 'x' })).toThrow(
        "Held.size.width is an integer and cannot hold 'x'",
      );
      expect(() => query.update({ 'size.width': 'x' })).toThrow(
        "Held.size.width is an integer and cannot hold 'x'",
      );
      expect(() => query.update({ 'size.label': 'too long' })).toThrow(
        'Held.size.label takes at most 5 characters',
      );
      await session.touch(held);
      for (const [change, path] of [
        [() => Reflect.set(held.size ?? {}, 'width', 'x'), 'size.width'],
        [() => Reflect.set(held.kept ?? {}, 'width', {}), 'kept.width'],
        [() => Reflect.set(held.sizes?.[0] ?? {}, 'since', 'x'), 'sizes[0].since'],
        [() => Reflect.set(held, 'size', 'x'), 'size'],
        [() => Reflect.set(held, 'sizes', {}), 'sizes'],
      ] as const) {
        change();
        await expect(session.commit()).rejects.toMatchObject({ name: 'InvalidValue' });
        await expect(session.commit()).rejects.toThrow(`Held.${path} is`);
        await session.rollback();
        await session.touch(held);
      }
      expect(String(await session.commit())).toBe('nothing to commit');
    });
  });

  const day = (text: string) => new Date(`${text}T00:00:00Z`);

  it.each(['size', 'kept', 'sizes', 'data'])(
    '37: what %s has inside is compared as it is kept',
    async name => {
      await withHeld(dialect, async (session, held) => {
        const part = Object.assign(new Size(), { width: 10, label: 'x', since: day('2001-01-01') });
        Reflect.set(held, name, name === 'sizes' ? [part] : part);
        await session.commit();
        const found = (conditions: object) =>
          session
            .query(Held)
            .filter({ [name]: conditions })
            .count();
        const isJson = name === 'data';
        for (const since of [day('2001-01-01'), isJson ? '2001-01-01T00:00:00.000Z' : '2001-01-01']) {
          expect(await found({ since })).toBe(1);
          expect(await found({ since: { $in: [since] } })).toBe(1);
          expect(await found({ since: { $ne: since } })).toBe(0);
        }
        expect(await found({ since: { $lt: day('2000-01-01') } })).toBe(0);
        expect(await found({ since: { $gt: day('2000-01-01') } })).toBe(1);
        expect(await found({ since: { $gt: day('2002-01-01') } })).toBe(0);
        expect(await found({ since: { $lt: day('2002-01-01') } })).toBe(1);
        expect(await found({ width: 10, label: 'x' })).toBe(1);
        expect(await found({ width: { $in: [9, 10] } })).toBe(1);
        expect(await found({ width: { $ne: 10 } })).toBe(0);
        expect(await found({ width: 9 })).toBe(0);
        expect(await outcome(() => found({ width: undefined }))).toBe('InvalidValue');
      });
    },
  );

  it('37: an embedded object can be taken away by update(), and be a condition itself', async () => {
    await withHeld(dialect, async (session, held) => {
      held.size = Object.assign(new Size(), { width: 10, label: 'x' });
      await session.commit();
      await session.touch(held);
      const query = session.query(Held);
      expect(await query.filterBy({ size: held.size }).count()).toBe(1);
      expect(() => query.filterBy({ size: {} })).toThrow('Held.size is a Size and cannot hold {}');
      expect(await query.update({ size: null })).toBe(1);
      expect(await session.read(held, 'size')).toBe(null);
    });
  });

  it('37: a plain object that is assigned becomes one of the class', async () => {
    await withHeld(dialect, async (session, held) => {
      await session.touch(held);
      const assign = () =>
        Object.assign(held, { size: { width: 1 }, kept: { width: 2 }, sizes: [{ width: 3 }] });
      const isOfClass = () => [held.size, held.kept, held.sizes?.[0]].map(size => size instanceof Size);
      assign();
      await session.commit();
      await session.touch(held);
      expect([isOfClass(), held.size?.width, held.kept?.width, held.sizes?.[0]?.width]).toEqual([
        [true, true, true],
        1,
        2,
        3,
      ]);
      assign();
      await session.rollback();
      await session.touch(held);
      expect([isOfClass(), session.dirty]).toEqual([[true, true, true], []]);
      Object.assign(held, { size: new Other() });
      await session.rollback();
      await session.touch(held);
      expect([isOfClass(), held.size?.width]).toEqual([[true, true, true], 1]);
    });
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;

  it.each([
    ['a BigInt in JSON', 'data', { n: 1n }],
    ['a cycle in JSON', 'data', cycle],
    ['a value of the wrong type in the place of a reference', 'lazyRef', 5],
    ['a list of nothing', 'words', [null]],
    ['an Invalid Date', 'moment', new Date(Number.NaN)],
    ['a date that is none', 'moment', 'x'],
    ['a text that is none', 'text', {}],
    ['a key that is none', 'ownerId', 'x'],
    ['a number in the place of an embedded object', 'size', 5],
    ['a list in the place of an embedded object', 'kept', []],
    ['a number in the place of a list of embedded objects', 'sizes', 5],
    ['a list of numbers in the place of one of embedded objects', 'sizes', [5]],
    ['an object of another class in the place of an embedded object', 'size', new Other()],
    ['an object of another class in the place of an embedded one in JSON', 'kept', new Other()],
    ['a list of objects of another class', 'sizes', [new Other()]],
    ['a list of no objects', 'sizes', [null]],
    ['an object in the place of a reference', 'lazyRef', {}],
  ])('35: %s throws at the flush alone, and can be taken back or mended', async (_, name, value) => {
    await withHeld(dialect, async (session, held) => {
      await session.read(held, name);
      const fail = async () => {
        Reflect.set(held, name, value);
        held.integer = 5;
        expect([session.dirty, session.uncommitted.summary]).toEqual([[held], '1 changed (Held)']);
        for (const write of [
          () => session.flush(),
          () => session.commit(),
          () => session.query(Held).count(),
        ])
          await expect(write()).rejects.toMatchObject({
            name: 'InvalidValue',
            message: expect.stringMatching(`Held.${name}(\\[0\\])? is `),
          });
        expect(session.uncommitted.summary).toBe('1 changed (Held)');
      };
      await fail();
      expect(String(await session.rollback())).toBe('rolled back 1 changed (Held)');
      await session.touch(held);
      const now: unknown = await session.read(held, name);
      expect([session.dirty, held.integer, unref(now as null)]).toEqual([[], null, null]);
      await fail();
      Reflect.set(held, name, null);
      expect(String(await session.commit())).toBe('committed 1 changed (Held)');
      expect(await session.read(held, 'integer')).toBe(5);
    });
  });

  it('35: of a new object, too', async () => {
    await withHeld(dialect, async session => {
      const held = new Held();
      Reflect.set(held, 'data', { n: 1n });
      session.add(held);
      expect(session.uncommitted.summary).toBe('1 new (Held)');
      await expect(session.commit()).rejects.toThrow('Held.data is JSON and cannot hold 1n at .n');
      expect(String(await session.rollback())).toBe('rolled back 1 new (Held)');
      held.data = { n: 1 };
      session.add(held);
      expect(String(await session.commit())).toBe('committed 1 new (Held)');
    });
  });

  it('37: a row that is wrong already does not keep others from being written', async () => {
    await withHeld(dialect, async (session, held) => {
      await session.em.execute(`update held set data = '{"a":1}', choice = null, uuid = null`);
      if (dialect === 'sqlite')
        await session.em.execute(`update held set uuid = 'none', choice = 'x', day = 'never'`);
      session.expire(held);
      await session.touch(held);
      expect(session.dirty).toEqual([]);
      held.text = 'changed';
      expect(String(await session.commit())).toBe('committed 1 changed (Held)');
    });
  });

  it('37: what a NUL would cut off is refused', async () => {
    await withHeld(dialect, async (session, held) => {
      const owner = new Owner();
      owner.name = 'a\0b';
      session.add(owner);
      await expect(session.commit()).rejects.toMatchObject({
        name: 'InvalidValue',
        message: String.raw`Owner.name is a text and cannot hold 'a\x00b'`,
      });
      await session.rollback();
      held.data = { a: ['\0'] };
      await expect(session.commit()).rejects.toThrow('Held.data is JSON and cannot hold');
      await session.rollback();
      expect(() => session.query(Owner).filterBy({ name: '\0' })).toThrow('Owner.name is a text');
      expect(() => session.query(Owner).update({ name: '\0' })).toThrow('Owner.name is a text');
      await expect(session.em.execute("select 'a\0b'")).rejects.toMatchObject({ name: 'InvalidValue' });
      expect(await session.query(Owner).count()).toBe(0);
    });
  });
});

class Stamped {
  declare id: number;
  declare at: Date | null;
  declare count: number | null;
  /** What the hook sets. */
  given: unknown;
}

const stamped = defineEntity({
  name: 'Stamped',
  properties: {
    id: p.integer().primary(),
    at: p.datetime().nullable(),
    count: p.integer().nullable(),
  },
  hooks: {
    beforeCreate: [({ entity }) => void Reflect.set(entity, 'at', entity.given ?? '2001-01-01')],
    beforeUpdate: [({ entity }) => void Reflect.set(entity, 'count', entity.given ?? '5')],
  },
});
stamped.setClass(Stamped);

describe.each(dialects)('values of hooks on %s', dialect => {
  it('37: are converted, or refused, as assigned ones are', async () => {
    await inSession(
      dialect,
      async session => {
        const one = new Stamped();
        session.add(one);
        await session.commit();
        expect(await session.read(one, 'at')).toEqual(new Date('2001-01-01T00:00:00Z'));
        one.at = null;
        await session.commit();
        expect([await session.read(one, 'at'), await session.read(one, 'count')]).toEqual([null, 5]);
        one.at = new Date(0);
        one.given = 'x';
        await expect(session.commit()).rejects.toThrow("Stamped.count is an integer and cannot hold 'x'");
        const other = new Stamped();
        other.given = 'x';
        session.add(other);
        await expect(session.commit()).rejects.toThrow("Stamped.at is a date and cannot hold 'x'");
        await session.rollback();
        expect(await session.query(Stamped).filterBy({ at: null, count: 5 }).count()).toBe(1);
      },
      { entities: [Stamped] },
    );
  });
});
