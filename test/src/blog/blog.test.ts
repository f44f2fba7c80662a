import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { openSession, Post, User } from '../../../src/index.ts';

const corey = () => new User({ username: 'Corey', email: 'c@demo.com', password: 'secret' });

describe('the demo blog', () => {
  it('prints its entities as they would be written, and never the password', async () => {
    const session = await openSession({ url: 'sqlite::memory:' });
    await session.createAll();
    const user = corey();
    const post = new Post({
      title: 'Blog 1',
      content: 'First',
      author: user,
      datePosted: new Date('2026-01-05T12:00:00.999Z'),
    });
    expect(String(user)).toBe("User('Corey', 'c@demo.com')");
    expect(String(post)).toBe("Post('Blog 1', '2026-01-05 12:00:00')");
    expect(inspect([user, { post }], { breakLength: 200 })).toBe(
      `[ User('Corey', 'c@demo.com'), { post: Post('Blog 1', '2026-01-05 12:00:00') } ]`,
    );
    const shown = () =>
      inspect(user, { depth: 9, showHidden: false }) +
      JSON.stringify(user) +
      JSON.stringify([post]) +
      String(user);
    expect(shown()).not.toContain('secret');
    session.add(post);
    await session.commit();
    await session.touch(post);
    expect(shown()).not.toContain('secret');
    expect((await session.query(Post).one()).datePosted).toEqual(new Date('2026-01-05T12:00:00.999Z'));
    await session.close();
  });

  it('prints what is not set without quotes', () => {
    expect(String(new User())).toBe('User(undefined, undefined)');
    expect(inspect(new User({ username: "O'Brien" }))).toContain("User('O'Brien', undefined)");
    expect(String(new Post({ datePosted: new Date('2026-01-05') }))).toBe(
      "Post(undefined, '2026-01-05 00:00:00')",
    );
  });

  it('is made of an object of fields, and of nothing else', () => {
    for (const fields of ['a', null, 1, [corey()]]) {
      const takes = (type: string) => ({
        code: 'BadArgument',
        message: expect.stringMatching(`^${type} takes an object of its fields, and got `),
      });
      expect(() => new User(fields as object)).toThrow(expect.objectContaining(takes('User')));
      expect(() => new Post(fields as object)).toThrow(expect.objectContaining(takes('Post')));
    }
  });

  it('does not guess at what a name of one letter means', () => {
    const message = (fields: object) => {
      try {
        return String(new User(fields));
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message({ a: 1 })).toBe("User has no property 'a'");
    expect(message({ xy: 1 })).toBe("User has no property 'xy'");
    expect(message({ I_d: 1 })).toBe("User has no property 'I_d'; did you mean 'id'?");
    expect(message({ idd: 1 })).toBe("User has no property 'idd'; did you mean 'id'?");
  });

  it('dates a post when it is made', () => {
    const before = Date.now();
    const post = new Post({ title: 'Blog 1' });
    expect(post.datePosted.getTime()).toBeGreaterThanOrEqual(before);
    expect(post.datePosted.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('takes the posts of a new user', async () => {
    const session = await openSession({ url: 'sqlite::memory:' });
    await session.createAll();
    const user = new User({
      username: 'a',
      email: 'a',
      password: 'p',
      posts: [new Post({ title: 't', content: 'c' })],
    });
    session.add(user);
    expect(String(await session.commit())).toBe('committed 2 new (Post, User)');
    await session.close();
  });
});
