import type { Node } from 'acorn';
import { type Rewrite, type Position, type Writer } from '../writer.ts';
import { childrenOf } from '../../syntax/walk.ts';

/** Where a value is wanted as it comes, so is the one that an expression passes on: `a ?? b`, `a ? b : c`, `(a, b)`. */
export const passThrough: Rewrite = {
  LogicalExpression: (node, at, writer) => copyWith(node, [node.left, node.right], at, writer),
  ConditionalExpression: (node, at, writer) => copyWith(node, [node.consequent, node.alternate], at, writer),
  SequenceExpression: (node, at, writer) => copyWith(node, node.expressions.slice(-1), at, writer),
};

function copyWith(node: Node, passedOn: readonly Node[], at: Position, writer: Writer): string {
  return writer.fill(node, childrenOf(node), child =>
    writer.write(child, { ...at, raw: at.raw && passedOn.includes(child) }),
  );
}
