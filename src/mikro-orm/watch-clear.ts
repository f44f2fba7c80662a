import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

/** Tells that an EntityManager is about to let go of everything. */
export function watchClear(em: SqlEm, clears: () => void): void {
  replaceMethod<() => void>(em, 'clear', clear => () => {
    clears();
    clear();
  });
}
