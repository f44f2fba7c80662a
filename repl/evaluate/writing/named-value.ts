import type { AnyNode, Node } from 'acorn';
import { type Position, settled } from './position.ts';
import type { Writer } from './writer.ts';

/** A value that is given to a name: an anonymous function or class takes the name, as it would from `const`. */
export function writeNamedValue(name: string, value: Node, at: Position, writer: Writer): string {
  const node = value as AnyNode;
  const isFunction =
    node.type === 'ArrowFunctionExpression' || (node.type === 'FunctionExpression' && !node.id);
  const written = writer.operand(value, isFunction ? { ...settled(at), name: JSON.stringify(name) } : at);
  const isClass = node.type === 'ClassExpression' && !node.id;
  return isClass ? `({ ${JSON.stringify(name)}: ${written} })[${JSON.stringify(name)}]` : written;
}
