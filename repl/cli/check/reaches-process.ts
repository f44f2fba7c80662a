import type { Block } from '../../transcript/transcript.ts';

/**
 * Words that lead to what a process has only one of. What is done there may leave nothing to compare, such as a umask, a
 * timer that lets the process end, or a method of objects that no name leads to.
 */
const words =
  /\b(?:process|require|import|global|globalThis|performance|navigator|crypto|fetch|WebSocket|EventSource|BroadcastChannel|AbortSignal|FinalizationRegistry|WebAssembly|Buffer|Reflect|Function|eval|constructor|prototype|__proto__|[gs]etPrototypeOf|unref)\b|\\[ux]/;

/** Whether a statement of a transcript may change what another transcript in the same process could see. */
export function reachesProcess(blocks: readonly Pick<Block, 'steps'>[]): boolean {
  return blocks.some(({ steps }) => steps.some(({ typed }) => words.test(typed)));
}
