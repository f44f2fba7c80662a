import type { BinaryExpression, Node } from 'acorn';
import { functionNames } from '../../syntax/names.ts';
import { writePromise } from '../writing/named-value.ts';
import { writeRegistrations } from '../writing/registrations.ts';
import { awaited } from '../writing/awaited.ts';
import { runtimeAt } from '../writing/compiled-names.ts';
import { inBlock, type Position, settled, used } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/** Operands, conditions and items: what is computed with them, a promise would make wrong without a word. */
export const uses: Rewrite = {
  BinaryExpression(node, at, writer) {
    if (isQuestion(node)) return writeQuestion(node, settled(at), writer);
    if (isLoose(node)) return writeLoose(node, settled(at), writer);
    const look = lookOf(node);
    return writer.fill(node, operandsOf(node), operand => writer[look](operand, settled(at)));
  },
  UnaryExpression(node, at, writer) {
    if (node.operator === 'typeof')
      return writer.fill(node, [node.argument], () => writer.item(node.argument, at));
    if (/^[-+~]$/.test(node.operator))
      return writer.fill(node, [node.argument], () => writer.number(node.argument, settled(at)));
    return writer.copyUsing(node, /^(?:void|delete)$/.test(node.operator) ? [] : [node.argument], at);
  },
  IfStatement(node, at, writer) {
    const parts = [node.test, node.consequent, ...(node.alternate ? [node.alternate] : [])];
    return writer.fill(node, parts, hole => {
      if (hole === node.test) return writer.used(hole, at);
      if (hole.type !== 'FunctionDeclaration') return writer.write(hole, settled(at));
      // Outside of strict mode a function may stand there, as if it were in a block.
      const inside = inBlock(at, functionNames([hole]));
      return `{ ${writeRegistrations([hole], inside, writer)}${writer.write(hole, inside)} }`;
    });
  },
  ArrayExpression: (node, at, writer) =>
    writer.fill(
      node,
      node.elements.filter(element => element !== null),
      element => writePromise(element, settled(at), writer) ?? writer.item(element, settled(at)),
    ),
};

/** What an operator does with objects: it turns them into strings or numbers, or compares them. */
function lookOf({ operator }: BinaryExpression): 'shown' | 'number' | 'used' | 'item' {
  if (/^(?:\+|[<>]=?)$/.test(operator)) return 'shown';
  // A promise that typed code keeps is compared as what it is.
  if (/^[!=]==?$/.test(operator)) return 'item';
  return /^(?:[-*/%&|^]|\*\*|<<|>>>?)$/.test(operator) ? 'number' : 'used';
}

/** The operands of `a + b + c`, as long a chain as it may be. */
function operandsOf(node: BinaryExpression): Node[] {
  const operands: Node[] = [];
  let left: Node = node;
  while (isBinary(left) && !isQuestion(left) && !isLoose(left) && lookOf(left) === lookOf(node)) {
    operands.push(left.right);
    ({ left } = left);
  }
  return [...operands, left].toReversed();
}

function isBinary(node: Node): node is BinaryExpression {
  return node.type === 'BinaryExpression';
}

/** `==` turns an object into a text or a number if the other operand is one. */
function isLoose({ operator, left, right }: BinaryExpression): boolean {
  const mayConvert = [left, right].every(
    operand => operand.type !== 'UnaryExpression' && (operand.type !== 'Literal' || operand.value !== null),
  );
  return /^[!=]=$/.test(operator) && mayConvert;
}

function writeLoose(node: BinaryExpression, at: Position, writer: Writer): string {
  const operands = `${writer.used(node.left, at)}, ${writer.used(node.right, at)}`;
  const code = awaited(`${runtimeAt(at)}.areEqual(${operands})`, used(at), writer.label(node));
  return node.operator === '==' ? code : `!${code}`;
}

/** `key in object` may call a typed function, of a proxy, and `instanceof` that of a `Symbol.hasInstance`. */
function isQuestion({ operator, left }: BinaryExpression): boolean {
  return /^in(?:stanceof)?$/.test(operator) && left.type !== 'PrivateIdentifier';
}

function writeQuestion({ operator, left, right }: BinaryExpression, at: Position, writer: Writer): string {
  const parts = [writer.used(left, at), writer.used(right, at), JSON.stringify(writer.label(right))];
  return `${runtimeAt(at)}.${operator === 'in' ? 'isKeyIn' : 'isInstance'}(${parts.join(', ')})`;
}
