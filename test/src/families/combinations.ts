import { kinds } from './kinds.ts';
import { meansSomething } from './meaningless.ts';
import { type Combination, followings, happenings, states, type Step } from './scripts.ts';

/** The whole product, without what means nothing. */
export const combinations: readonly Combination[] = Object.keys(kinds)
  .flatMap(kind => Object.keys(states).map(state => ({ kind, state })))
  .flatMap(part => Object.keys(happenings).map(happening => ({ ...part, happening })))
  .flatMap(part => Object.keys(followings).map(following => ({ ...part, following })))
  .filter(meansSomething);

/** What to play: how the object gets into the state, what happens and follows, and that there is nothing left to do. */
export function scriptOf({ state, happening, following }: Combination): readonly Step[] {
  const [begin, what, follow] = [states[state], happenings[happening], followings[following]];
  if (begin === undefined || what === undefined || follow === undefined)
    throw new Error('no such combination');
  // A value that cannot be written is mended at the end, unless there is no row for it.
  const mended: readonly Step[] =
    happening.includes('cannot') && !following.includes('row gone') ? [['assign', 1], 'commit'] : [];
  return [...begin, ...follow(what), 'look', ...mended, 'commit', 'look', 'commit'];
}
