import { expect, it } from '@jest/globals';
import { openSession, type Session, User } from '../../../src/index.ts';
import { Cancellation } from '../../../repl/answer/cancellation.ts';

it('46: tells of a commit that was quicker than its cancellation', async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  await session.createAll();
  session.add(new User({ username: 'a', email: 'a', password: 'p' }));
  const cancellation = new Cancellation(session, false, () => undefined);
  await session.commit();
  expect(await cancellation.end()).toEqual({
    isCancelled: false,
    verdict: 'It was too late to cancel: committed 1 new (User).',
  });
  await session.close();
});

it.each([
  [
    'what was done already',
    () => Promise.resolve(false),
    'It was too late to cancel: what the server ran for it was done.',
  ],
  [
    'a server that cannot be asked',
    () => Promise.reject(new Error('too many connections')),
    'The server cannot be asked to cancel it (too many connections): what it writes may still arrive.',
  ],
])('46: tells of %s', async (_, cancel, verdict) => {
  const session = await openSession({ url: 'sqlite::memory:' });
  const on: Pick<Session, 'cancel' | 'cutOff' | 'inTransaction' | 'lastCommit' | 'uncommitted'> = {
    cancel,
    inTransaction: false,
    lastCommit: undefined,
    cutOff: () => undefined,
    uncommitted: session.uncommitted,
  };
  expect(await new Cancellation(on, false, () => undefined).end()).toEqual({ isCancelled: false, verdict });
  await session.close();
});
