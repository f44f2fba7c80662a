import type { AnyNode, Node } from 'acorn';
import type { Position } from './position.ts';
import type { Writer } from './writer.ts';

/** A value that is given to a name: an anonymous function or class takes the name, as it would from `const`. */
export function writeNamedValue(name: string, value: Node, at: Position, writer: Writer): string {
  const written = writer.operand(value, at);
  return isAnonymous(value as AnyNode)
    ? `({ ${JSON.stringify(name)}: ${written} })[${JSON.stringify(name)}]`
    : written;
}

function isAnonymous(node: AnyNode): boolean {
  if (node.type === 'ArrowFunctionExpression') return true;
  return (node.type === 'FunctionExpression' || node.type === 'ClassExpression') && !node.id;
}
