import { expect } from '@jest/globals';
import type { World } from './effects.ts';
import { Note } from './notebook.ts';

const twin = () => new Note('other');

/** A commit that fails. @returns the object because of which it did */
async function fail({ session }: World): Promise<Note> {
  const taken = twin();
  session.add(taken);
  await expect(session.commit()).rejects.toBeDefined();
  await session.commit().catch(() => {});
  return taken;
}

export interface Following {
  readonly isUndone?: true;
  /** The hook does nothing in what is written at last. */
  readonly isWithout?: true;
  /** What the hook staged in it may be written by the next commit only. */
  readonly isMikroOrm?: true;
  readonly run: (world: World) => Promise<unknown>;
}

const nestedFailure = new Error('in nested()');

/** What follows. */
export const followings: Readonly<Record<string, Following>> = {
  commit: { run: ({ session, attempt }) => attempt(() => session.commit()) },
  'flush, commit': { run: ({ session, attempt }) => attempt(() => session.flush()) },
  'query, commit': { run: ({ session, attempt }) => attempt(() => session.query(Note).all()) },
  'em.flush()': { isMikroOrm: true, run: ({ session, attempt }) => attempt(() => session.em.flush()) },
  rollback: { isUndone: true, run: ({ session }) => session.rollback() },
  'flush, rollback': {
    isUndone: true,
    run: async ({ session, attempt }) => {
      await attempt(() => session.flush());
      await session.rollback();
    },
  },
  'failed commit, mended, commit': {
    run: async world => {
      world.session.expunge(await fail(world));
      world.again();
      await world.attempt(() => world.session.commit());
    },
  },
  'failed commit, mended, commit without the hook': {
    isWithout: true,
    run: async world => {
      world.session.expunge(await fail(world));
      world.never();
    },
  },
  'flush, failed commit, mended, commit': {
    run: async world => {
      await world.attempt(() => world.session.flush());
      world.session.expunge(await fail(world));
      world.again();
      await world.attempt(() => world.session.commit());
    },
  },
  'flush, failed commit, mended, commit without the hook': {
    isWithout: true,
    run: async world => {
      await world.attempt(() => world.session.flush());
      world.session.expunge(await fail(world));
      world.never();
    },
  },
  'flush, failed commit, rollback': {
    isUndone: true,
    run: async world => {
      await world.attempt(() => world.session.flush());
      await fail(world);
      world.again();
      await world.session.rollback();
    },
  },
  'failed commit, rollback': {
    isUndone: true,
    run: async world => {
      await fail(world);
      world.again();
      await world.session.rollback();
    },
  },
  'failed em.flush(), mended, commit': {
    run: async ({ session, again, attempt }) => {
      const taken = twin();
      session.em.persist(taken);
      await expect(session.em.flush()).rejects.toBeDefined();
      again();
      session.expunge(taken);
      await attempt(() => session.commit());
    },
  },
  'before a nested that fails': {
    run: ({ session, attempt }) =>
      attempt(async () => {
        await session
          .nested(() => Promise.reject(nestedFailure))
          .catch((error: unknown) => {
            if (error !== nestedFailure) throw error;
          });
      }),
  },
};
