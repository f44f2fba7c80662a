import type { Position } from './position.ts';

/**
 * The start of every name that the compiler makes up. It stands for one that was not typed, which is only chosen when
 * everything is written.
 */
export const madeUp = '\uFDD0';

/**
 * What compiled code calls the runtime and the prompt's scope. The runtime has two faces: one for code that can wait,
 * and one for code that cannot.
 */
export const runtime = `${madeUp}ms`;
export const runtimeForNow = `${madeUp}now`;
/** The face that a coroutine has: which one it is depends on its caller. */
export const runtimeOfCoroutine = `${madeUp}w`;
export const scope = `${madeUp}s`;

/** What gives a function that a block declares to what is around the block. */
export function hoisting(name: string): string {
  return `${madeUp}hoist_${name}`;
}

/** What code that is given to `eval` has from the line around it. */
export const evalNames: readonly string[] = [runtime, scope, runtimeForNow];

/** @returns the name of the runtime for the code there */
export function runtimeAt({ waiting }: Position): string {
  return { await: runtime, pause: runtimeOfCoroutine, never: runtimeForNow }[waiting];
}
