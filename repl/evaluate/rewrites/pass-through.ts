import type { Node } from 'acorn';
import { childrenOf } from '../../syntax/walk.ts';
import { type Position, settled } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/**
 * Where a promise is wanted as it is, so is one that an expression passes on: `a ?? b`, `a ? b : c`, `(a, b)`. The
 * conditions are used; what is on the left of `??` is one that may be passed on, too, if typed code keeps it.
 */
export const passThrough: Rewrite = {
  LogicalExpression(node, at, writer) {
    const isWanted = at.purpose === 'promise' || at.purpose === 'promises';
    return copyWith([node.right], isWanted ? undefined : node.left, node, at, writer);
  },
  ConditionalExpression: (node, at, writer) =>
    copyWith([node.consequent, node.alternate], node.test, node, at, writer),
  SequenceExpression: (node, at, writer) => copyWith(node.expressions.slice(-1), undefined, node, at, writer),
};

/** @param passedOn the children whose value may become that of the node */
function copyWith(
  passedOn: readonly Node[],
  condition: Node | undefined,
  node: Node,
  at: Position,
  writer: Writer,
): string {
  return writer.fill(node, childrenOf(node), child => {
    if (child === condition) return writer.used(child, settled(at));
    return writer.write(child, passedOn.includes(child) ? at : settled(at));
  });
}
