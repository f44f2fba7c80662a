import type { Node } from 'acorn';
import { iterableName } from '../../syntax/call-site-name.ts';
import { type Position, settled } from './position.ts';
import { runtime } from './writer.ts';
import { awaited } from './awaited.ts';

/**
 * A value to iterate over, which is loaded first.
 *
 * @param value the value, written
 * @param node what it was written from, for the error if it is not iterable
 * @param spread whether it is the last argument of a call, of which V8 words the error differently
 */
export function writeIterable(value: string, node: Node | undefined, at: Position, spread = false): string {
  const method = at.canAwait ? 'items' : 'itemsSync';
  const items = `${runtime}.${method}(${value}, ${iterableName(node)}${spread ? ", 'spread'" : ''})`;
  return awaited(items, settled(at));
}
