import { describe, expect, it } from '@jest/globals';
import { rel } from '@mikro-orm/core';
import { Post, User } from '../../../src/index.ts';
import {
  isDeleted,
  isDetached,
  isPending,
  isPersistent,
  isTransient,
} from '../../../src/unit-of-work/object-states.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { outcome } from '../../support/outcome.ts';

type Session = Parameters<Parameters<typeof inSession>[1]>[0];

/** The states that an object is in, which must be one. */
const statesOf = ({ em }: Session, entity: object) => [
  ...(isTransient(em, entity) ? ['transient'] : []),
  ...(isPending(em, entity) ? ['pending'] : []),
  ...(isPersistent(em, entity) ? ['persistent'] : []),
  ...(isDeleted(em, entity) ? ['deleted'] : []),
  ...(isDetached(em, entity) ? ['detached'] : []),
];

const corey = () => new User({ username: 'Corey', email: 'c@demo.com', password: 'p' });

describe.each(dialects)('the states of an object on %s', dialect => {
  it('transient, pending, persistent, deleted, detached, and pending again', async () => {
    await inSession(dialect, async session => {
      const user = corey();
      const seen = [statesOf(session, user)];
      session.add(user);
      seen.push(statesOf(session, user));
      await session.flush();
      seen.push(statesOf(session, user));
      await session.commit();
      seen.push(statesOf(session, user));
      await session.remove(user);
      seen.push(statesOf(session, user));
      await session.flush();
      seen.push(statesOf(session, user));
      await session.rollback();
      seen.push(statesOf(session, user));
      await session.remove(user);
      await session.commit();
      seen.push(statesOf(session, user));
      session.add(user);
      seen.push(statesOf(session, user));
      await session.rollback();
      seen.push(statesOf(session, user));
      expect(seen.flat()).toEqual([
        'transient',
        'pending',
        'persistent',
        'persistent',
        'deleted',
        'deleted',
        'persistent',
        'detached',
        'pending',
        'transient',
      ]);
    });
  });

  it('17: deleted by a commit: readable, but for what was not loaded', async () => {
    await inSession(dialect, async session => {
      session.add(corey());
      await session.commit();
      session.em.clear();
      const user = await session.query(User).one();
      await session.remove(user);
      await session.commit();
      expect(user.username).toBe('Corey');
      expect(await outcome(() => session.read(user.posts, 'length'))).toBe('Detached');
      expect(await outcome(() => session.refresh(user))).toBe('Detached');
      expect(() => session.remove(user)).toThrow('This User is not in the database');
      session.add(user);
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await session.query(User).count()).toBe(1);
    });
  });

  it('inserted and deleted in one transaction: detached by its commit, transient by its rollback', async () => {
    await inSession(dialect, async session => {
      const user = corey();
      const both = async () => {
        session.add(user);
        await session.flush();
        await session.remove(user);
        await session.flush();
      };
      await both();
      expect(statesOf(session, user)).toEqual(['deleted']);
      await session.rollback();
      expect(statesOf(session, user)).toEqual(['transient']);
      await both();
      await session.commit();
      expect(statesOf(session, user)).toEqual(['detached']);
    });
  });

  it('what is reached from a pending object is pending, and transient after a rollback', async () => {
    await inSession(dialect, async session => {
      const user = corey();
      const post = new Post({ title: 't', content: 'c', author: user });
      session.add(post);
      expect(statesOf(session, user)).toEqual(['pending']);
      await session.flush();
      await session.rollback();
      expect([statesOf(session, user), statesOf(session, post)]).toEqual([['transient'], ['transient']]);
    });
  });

  it('detached by expunge() and dropAll(), persistent by add()', async () => {
    await inSession(dialect, async session => {
      const user = corey();
      session.add(user);
      await session.commit();
      session.expunge(user);
      expect(statesOf(session, user)).toEqual(['detached']);
      session.add(user);
      expect(statesOf(session, user)).toEqual(['persistent']);
      await session.dropAll();
      expect(statesOf(session, user)).toEqual(['detached']);
    });
  });

  it('what another EntityManager tracks is in no state here', async () => {
    await inSession(dialect, async session => {
      session.add(corey());
      await session.commit();
      const user = await session.em.fork().findOneOrFail(User, { username: 'Corey' });
      expect(statesOf(session, user)).toEqual([]);
    });
  });

  it('a reference made without a session is detached, and one that is added is read', async () => {
    await inSession(dialect, async session => {
      session.add(corey());
      await session.commit();
      session.em.clear();
      const user = rel(User, 1);
      expect(statesOf(session, user)).toEqual(['detached']);
      session.add(user);
      expect(statesOf(session, user)).toEqual(['persistent']);
      expect(await session.read(user, 'username')).toBe('Corey');
    });
  });
});
