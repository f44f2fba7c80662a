import type { Combination } from './scripts.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds/kind.ts';

/** Why a combination means nothing. */
const reasons: readonly (readonly [why: string, (combination: Combination, kind: Kind) => boolean])[] = [
  [
    'the value cannot change in place',
    ({ happening }, kind) => happening === 'mutate in place' && !kind.mutate,
  ],
  ['every value can be written', ({ happening }, kind) => happening.includes('cannot') && !kind.invalid],
  [
    'its targets refer to it, so it is pending',
    ({ state }, kind) => kind.isTwoSided === true && state === 'transient',
  ],
  [
    'its targets, which stay, would take it back into the session',
    ({ state }, kind) => kind.isTwoSided === true && /^(removed|detached)/.test(state),
  ],
  [
    'only what the session tracks, and is to keep, can be read again',
    ({ state, following }) =>
      /^(expire|refresh)/.test(following) && /^(transient|pending|detached|removed)/.test(state),
  ],
  [
    'only what has no row is added',
    ({ state, following }) => following.includes('added again') && !/^(pending|flushed)/.test(state),
  ],
  [
    'the two would wait for each other',
    ({ state, following }) => /another session|row gone/.test(following) && state.includes('flushed'),
  ],
  [
    'there is no row',
    ({ state, following }) => following.includes('row gone') && /^(transient|pending)/.test(state),
  ],
];

export function meansSomething(combination: Combination): boolean {
  const kind = kinds[combination.kind];
  return kind !== undefined && !reasons.some(([, applies]) => applies(combination, kind));
}
