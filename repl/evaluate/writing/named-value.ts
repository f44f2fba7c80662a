import type { AnyNode, Identifier, NewExpression, Node } from 'acorn';
import { type Position, settled } from './position.ts';
import type { Writer } from './writer.ts';

/** Whether an expression makes a promise that other code can settle; where it is kept, nothing waits for it yet. */
export function makesPromise(node: Node, at: Position, writer: Writer): boolean {
  return node.type === 'NewExpression' && isGlobalPromise((node as NewExpression).callee, at, writer);
}

/** Whether an expression is JavaScript's own `Promise`. */
export function isGlobalPromise(node: Node, at: Position, writer: Writer): boolean {
  const { type, name } = node as Identifier;
  const isNamed = type === 'Identifier' && name === 'Promise' && !at.names.has(name);
  return isNamed && writer.write(node, settled(at)) === name;
}

/** A value that is given to a name: an anonymous function or class takes the name, as it would from `const`. */
export function writeNamedValue(name: string, value: Node, at: Position, writer: Writer): string {
  const node = value as AnyNode;
  if (makesPromise(node, at, writer)) return writer.promise(node, at);
  const isFunction =
    node.type === 'ArrowFunctionExpression' || (node.type === 'FunctionExpression' && !node.id);
  const written = writer.operand(value, isFunction ? { ...settled(at), name: JSON.stringify(name) } : at);
  const isClass = node.type === 'ClassExpression' && !node.id;
  return isClass ? `({ ${JSON.stringify(name)}: ${written} })[${JSON.stringify(name)}]` : written;
}
