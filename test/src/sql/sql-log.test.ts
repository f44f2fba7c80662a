import { describe, expect, it } from '@jest/globals';
import { openSession, type SqlEntry, User } from '../../../src/index.ts';

describe('the SQL log', () => {
  it('tells every statement that ran, until it is left', async () => {
    const session = await openSession({ url: 'sqlite::memory:' });
    await session.createAll();
    const seen: SqlEntry[] = [];
    const stop = session.sql.subscribe(entry => seen.push(entry));
    session.add(new User({ username: 'a', email: 'b', password: 'c' }));
    await session.commit();
    expect(seen.map(({ sql }) => sql)).toEqual([
      'begin',
      'insert into `user` (`username`, `email`, `password`) values (?, ?, ?) returning `id`',
      'commit',
    ]);
    expect(seen[1]).toMatchObject({ params: ['a', 'b', 'c'], ms: expect.any(Number), failed: false });
    expect(seen[1]?.text).toContain("values ('a', 'b', 'c')");
    await expect(session.em.execute('select nonsense')).rejects.toThrow('nonsense');
    expect(seen.at(-1)).toMatchObject({ sql: 'select nonsense', failed: true });
    await expect(session.em.execute('begin')).rejects.toThrow('would leave');
    await session.em.begin();
    await expect(session.em.fork().execute('select 1')).rejects.toThrow('wait forever');
    await session.em.execute('select 2');
    expect(seen.slice(4).map(({ sql }) => sql)).toEqual(['begin', 'select 2']);
    await session.em.rollback();
    stop();
    const { length } = seen;
    await session.query(User).all();
    expect(seen.length).toBe(length);
    await session.close();
  });
});
