import { from, RangeError, Reflect } from './language.ts';
import { appliedOverrides } from './overrides.ts';

/**
 * How deep calls nest before they count as endless. One is a call of a typed function, which takes some 1.3 KB of the
 * stack, or as much of what lies between two of them.
 */
export const maxDepth = 20_000;
/** How deep they nest before they go on with an empty stack: a third of V8's, as a function may have many variables. */
const maxOnStack = 200;

/** How deep calls are nested, those that wait included, and how deep they were when the stack was last empty. */
export const nesting = { depth: 0, base: 0 };

/** Goes deeper; who calls it comes back by itself, as a call for that could overflow the stack. @throws RangeError for endless calls */
export function descend(levels = 1): void {
  if (nesting.depth >= maxDepth) throw overflow();
  nesting.depth += levels;
}

/** Whether a call should be made {@link later}, if its caller can wait. */
export function isStackShort(): boolean {
  return nesting.depth - nesting.base >= maxOnStack;
}

/** As many words as an async function needs at least. */
const needed: readonly unknown[] = from({ length: 8192 }, () => 0);

/**
 * Before a call of an async function: where its promise is rejected on a full stack, Node.js prints compiled code.
 *
 * @param isSure whether to look at the stack in any case, which takes longer than a hundred calls
 * @throws RangeError if the stack is full
 */
export function checkStack(isSure: boolean): void {
  if ((isSure || isStackShort()) && !fits(needed)) throw overflow();
}

/** Whether words would fit on the stack: V8 looks before it puts the arguments of a call there. */
function fits(words: readonly unknown[]): boolean {
  try {
    Reflect.apply(doNothing, undefined, words);
    return true;
  } catch {
    return false;
  }
}

function doNothing(): void {
  // What matters is what it is given.
}

/** As V8 says it, whose stack it would be in plain JavaScript. */
export function overflow(): RangeError {
  return new RangeError('Maximum call stack size exceeded');
}

const nothing = Promise.resolve();

/** Makes a call with an empty stack. */
export async function later(call: () => unknown): Promise<unknown> {
  const level = nesting.depth + 1;
  const overrides = appliedOverrides();
  await nothing;
  overrides?.apply();
  return atDepth(level, call);
}

/** Goes on, with an empty stack, with what was begun at a depth. */
export function atDepth<T>(level: number, work: () => T): T {
  const { depth, base } = nesting;
  nesting.depth = nesting.base = level;
  try {
    return work();
  } finally {
    nesting.depth = depth;
    nesting.base = base;
  }
}
