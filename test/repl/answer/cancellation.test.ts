import { expect, it } from '@jest/globals';
import { openSession, type Session, User } from '../../../src/index.ts';
import { Cancellation } from '../../../repl/answer/cancellation.ts';

type Cancellable = ConstructorParameters<typeof Cancellation>[0];

const began = { inTransaction: false, committedWrites: 0 };

/** A session, as a cancellation sees it, which says this of what the server runs. */
function seen(session: Session, says: Partial<Cancellable>): Cancellable {
  return {
    cancel: () => Promise.resolve(false),
    committedWrites: 0,
    cutOff: () => undefined,
    directWrites: '',
    hold: () => () => false,
    inTransaction: false,
    isServerBusy: true,
    get lastCommit() {
      return session.lastCommit;
    },
    get uncommitted() {
      return session.uncommitted;
    },
    ...says,
  };
}

it('46: tells of a commit that was quicker than its cancellation', async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  await session.createAll();
  session.add(new User({ username: 'a', email: 'a', password: 'p' }));
  const cancellation = new Cancellation(seen(session, {}), began, () => undefined);
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
    'The server was asked to cancel it, and ended it without an error: it wrote nothing itself.',
  ],
  [
    'a server that cannot be asked',
    () => Promise.reject(new Error('too many connections')),
    'The server cannot be asked to cancel it (too many connections): what it writes may still arrive.',
  ],
])('46: tells of %s', async (_, cancel, verdict) => {
  const session = await openSession({ url: 'sqlite::memory:' });
  const on = seen(session, { cancel });
  expect(await new Cancellation(on, began, () => undefined).end()).toEqual({ isCancelled: false, verdict });
  await session.close();
});

it('46: tells of what was not sent any more', async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  const on = seen(session, { hold: () => () => true });
  expect(await new Cancellation(on, began, () => undefined).end()).toEqual({
    isCancelled: true,
    verdict: 'Cancelled on the server: it wrote nothing.',
  });
  await session.close();
});
