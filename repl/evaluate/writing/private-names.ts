import { runtime } from './compiled-names.ts';
import type { Position } from './position.ts';

/**
 * Looks a private method up, which cannot be replaced: the runtime makes a function of its coroutine.
 *
 * @returns undefined if it is none that can wait
 */
export function writePrivateLookUp(name: string, object: string, at: Position): string | undefined {
  const described = at.privateMethods.get(name);
  return described && `${runtime}.privateMethod(${object}.#${name}, ${described})`;
}
