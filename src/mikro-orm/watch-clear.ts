import type { SqlEm } from './orm.ts';

/** Tells that an EntityManager is about to let go of everything. */
export function watchClear(em: SqlEm, clears: () => void): void {
  const clear = em.clear.bind(em);
  // Others tell a method by its name.
  Object.assign(em, {
    clear: () => {
      clears();
      clear();
    },
  });
}
