import type { Node } from 'acorn';
import { iterableName } from '../../syntax/call-site-name.ts';
import { type Position, used } from './position.ts';
import { runtimeAt } from './compiled-names.ts';
import type { Writer } from './writer.ts';
import { awaited } from './awaited.ts';

/**
 * A value to iterate over, which is loaded first.
 *
 * @param value the value, written
 * @param node what it was written from, for the error if it is not iterable
 * @param typed what was typed there, for the error where nothing can wait
 * @param spread whether it is the last argument of a call, of which V8 words the error differently
 * @param limit how many items are taken; all without it
 */
export function writeIterable(
  value: string,
  node: Node | undefined,
  typed: Node,
  at: Position,
  writer: Writer,
  { spread = false, limit }: { readonly spread?: boolean; readonly limit?: number } = {},
): string {
  const items = `${runtimeAt(at)}.items(${value}, ${iterableName(node)}${spread ? ", 'spread'" : limit === undefined ? '' : `, 'plain', ${limit}`})`;
  return awaited(items, used(at), writer.label(typed));
}
