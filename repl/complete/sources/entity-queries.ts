import type { CompletionSource } from '../source.ts';

/** `User.qu` → `User.query`, which is no property of the class. */
export const entityQueries: CompletionSource = (typing, { session }) =>
  typing.kind === 'member' && session.isEntityClass(typing.of) ? [{ text: 'query', distance: 0 }] : [];
