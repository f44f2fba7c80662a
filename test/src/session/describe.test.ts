import { expect, it } from '@jest/globals';
import { openSession, Post, User } from '../../../src/index.ts';
import { library, Member, Reader, Shelf } from '../../repl/complete/library.ts';

it('says what metadata says of a class, of its objects, queries and collections', async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  const user = new User({ username: 'a', email: 'b', password: 'c' });
  const described = session.describe(User);
  for (const value of [user, session.query(User), User.prototype])
    expect(session.describe(value)).toBe(described);
  session.add(user);
  expect(session.describe(user.posts)).toBe(session.describe(Post));
  for (const value of [undefined, 1, {}, Object, new Proxy(user, {})])
    expect(session.describe(value)).toBeUndefined();
  expect(
    described?.properties.map(({ name, kind, type, isRequired }) => [name, kind, type, isRequired]),
  ).toEqual([
    ['id', 'scalar', 'number', false],
    ['username', 'scalar', 'string', true],
    ['email', 'scalar', 'string', true],
    ['password', 'scalar', 'string', true],
    ['posts', 'many', 'Post', false],
  ]);
  expect(described?.properties[3]).toMatchObject({
    isHidden: true,
    isNullable: false,
    isPrimary: false,
    isWritten: true,
  });
  await session.close();
});

it('says what only subclasses have, and of what a key is made', async () => {
  const session = await openSession({ url: 'sqlite::memory:', entities: library });
  const ofSubclasses = session.describe(Reader)?.properties.filter(({ isOfSubclass }) => isOfSubclass);
  expect(ofSubclasses?.map(({ name }) => name)).toEqual(['since', 'level', 'host']);
  expect(session.describe(Member)?.properties.some(({ isOfSubclass }) => isOfSubclass)).toBe(false);
  const key = session.describe(Shelf)?.properties.filter(({ isPrimary }) => isPrimary);
  expect(key?.map(({ name }) => name)).toEqual(['library', 'no']);
  await session.close();
});
