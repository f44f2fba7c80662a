import type { Node } from 'acorn';
import { childrenOf } from '../../syntax/walk.ts';
import type { Position } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/** Where a promise is wanted as it is, so is one that an expression passes on: `a ?? b`, `a ? b : c`, `(a, b)`. */
export const passThrough: Rewrite = {
  LogicalExpression: (node, at, writer) => copyWith([node.left, node.right], node, at, writer),
  ConditionalExpression: (node, at, writer) => copyWith([node.consequent, node.alternate], node, at, writer),
  SequenceExpression: (node, at, writer) => copyWith(node.expressions.slice(-1), node, at, writer),
};

/** @param passedOn the children whose value may become that of the node */
function copyWith(passedOn: readonly Node[], node: Node, at: Position, writer: Writer): string {
  return writer.fill(node, childrenOf(node), child =>
    writer.write(child, { ...at, wantsPromise: at.wantsPromise && passedOn.includes(child) }),
  );
}
