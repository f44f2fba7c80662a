import { kinds } from './kinds.ts';
import { INVALID } from './model.ts';
import type { Step, StepName } from './scripts.ts';
import type { Thing } from './world.ts';

/** What can be done to an object, and beside it, as it is now. A sequence leaves out what cannot. */
export function isPossible(thing: Thing, property: string, step: Step): boolean {
  if (typeof step === 'string') return (conditions[step] ?? always)(thing);
  if (step[0] === 'nested') return true;
  if (step[0] === 'of') return false;
  const [verb, n] = step;
  const { model } = thing;
  const { mutate, invalid, primary, isTwoSided } = kinds[property] ?? {};
  if (verb === 'mutate' && (!mutate || n < 0 || model.memory[property] === INVALID)) return false;
  if (n < 0 && !invalid) return false;
  // What has left the session would refer to another row.
  if (primary && model.life === 'detached') return false;
  // Of a removed one only what was read before can be.
  if (verb === 'mutate' && !isKept(thing) && !model.known.has(property)) return false;
  // Its targets, which stay, would take it back into the session.
  return !isTwoSided || isKept(thing) || model.life === 'transient';
}

const conditions: Partial<Record<StepName, (thing: Thing) => boolean>> = {
  add: ({ model }) => model.life === 'transient',
  look: isKept,
  query: isKept,
  commit: isOutside,
  rollback: isOutside,
  fail: isOutside,
  expire: isPersistent,
  refresh: isPersistent,
  remove: isPersistent,
  expunge: thing => isPersistent(thing) && !hasUncommitted(thing) && !thing.model.isStaged,
  load: isQuiet,
  reference: isQuiet,
  stream: isQuiet,
  bulk: isKept,
  'other session': ({ world }) => !world.session.inTransaction,
  // Once in a product is enough.
  'row gone': () => false,
};

function always(): boolean {
  return true;
}

function isPersistent({ model }: Thing): boolean {
  return model.life === 'persistent';
}

function isKept({ model }: Thing): boolean {
  return model.life === 'persistent' || model.life === 'pending';
}

function isOutside({ world }: Thing): boolean {
  return !world.isNested;
}

/** Nothing would be lost if the session were emptied. */
function isQuiet({ world }: Thing): boolean {
  return (
    !world.session.inTransaction &&
    !world.things.some(hasUncommitted) &&
    !world.models.some(({ isStaged }) => isStaged)
  );
}

function hasUncommitted({ model }: Thing): boolean {
  return Object.values(model.uncommitted).some(count => count > 0);
}
