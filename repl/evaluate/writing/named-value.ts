import type { AnyNode, CallExpression, Identifier, NewExpression, Node } from 'acorn';
import { memberName } from '../../syntax/call-site-name.ts';
import { runtimeAt } from './compiled-names.ts';
import { isInFunction, type Position, settled } from './position.ts';
import type { Writer } from './writer.ts';

/**
 * Writes an expression that makes a promise on the spot, which is kept where it is put: nothing waits for it there.
 *
 * @returns undefined for any other expression
 */
export function writePromise(node: Node, at: Position, writer: Writer): string | undefined {
  if (makesNewPromise(node, at, writer)) return writer.promise(node, at);
  return isInFunction(at) && at.waiting !== 'never' && startsPromise(node, at, writer)
    ? `${runtimeAt(at)}.kept(${writer.promise(node, at)})`
    : undefined;
}

/** Whether an expression makes a promise that other code can settle. */
function makesNewPromise(node: Node, at: Position, writer: Writer): boolean {
  return node.type === 'NewExpression' && isGlobalPromise((node as NewExpression).callee, at, writer);
}

/** Whether an expression gives a promise whatever it calls: `.then(…)`, `Promise.reject(…)`, `(async () => {})()`. */
export function startsPromise(node: Node, at: Position, writer: Writer): boolean {
  const { type, callee } = node as CallExpression;
  if (type !== 'CallExpression') return false;
  if (callee.type === 'ArrowFunctionExpression' || callee.type === 'FunctionExpression')
    return callee.async && !callee.generator;
  if (callee.type !== 'MemberExpression') return false;
  const name = memberName(callee) ?? '';
  return (
    /^(?:then|catch|finally)$/.test(name) ||
    (/^(?:resolve|reject)$/.test(name) && isGlobalPromise(callee.object, at, writer))
  );
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
  const promise = writePromise(node, at, writer);
  if (promise !== undefined) return promise;
  const isFunction =
    node.type === 'ArrowFunctionExpression' || (node.type === 'FunctionExpression' && !node.id);
  if (node.type === 'ClassExpression' && !node.id)
    return `({ ${JSON.stringify(name)}: ${writer.write(value, settled(at))} })[${JSON.stringify(name)}]`;
  return writer.operand(value, isFunction ? { ...settled(at), name: JSON.stringify(name) } : at);
}
