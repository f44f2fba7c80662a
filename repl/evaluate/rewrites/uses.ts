import type { BinaryExpression, Node } from 'acorn';
import { settled } from '../writing/position.ts';
import type { Rewrite } from '../writing/writer.ts';

/** Operands, conditions and items: what is computed with them, a promise would make wrong without a word. */
export const uses: Rewrite = {
  BinaryExpression: (node, at, writer) =>
    writer.fill(node, operandsOf(node), operand =>
      isShowing(node) ? writer.shown(operand, settled(at)) : writer.used(operand, settled(at)),
    ),
  UnaryExpression: (node, at, writer) =>
    writer.copyUsing(node, /^(?:void|delete)$/.test(node.operator) ? [] : [node.argument], at),
  IfStatement: (node, at, writer) => writer.copyUsing(node, [node.test], at),
  ArrayExpression: (node, at, writer) => writer.copyUsing(node, node.elements, at),
};

/** Whether an operator turns an object into a string or a number; `==` mostly compares two objects. */
function isShowing({ operator }: BinaryExpression): boolean {
  return /^(?:\+|[<>]=?)$/.test(operator);
}

/** The operands of `a + b + c`, as long a chain as it may be. */
function operandsOf(node: BinaryExpression): Node[] {
  const operands: Node[] = [];
  let left: Node = node;
  while (left.type === 'BinaryExpression' && isShowing(left as BinaryExpression) === isShowing(node)) {
    operands.push((left as BinaryExpression).right);
    ({ left } = left as BinaryExpression);
  }
  return [...operands, left].toReversed();
}
