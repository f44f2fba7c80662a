import type { AnyNode, MemberExpression, Node } from 'acorn';
import { callSiteName } from '../../syntax/call-site-name.ts';
import { type Position, settled } from './position.ts';
import { runtime, type Writer } from './writer.ts';
import { awaited, temporary } from './awaited.ts';
import { isPlainMember, writeKey, writeMember } from './members.ts';

/** A function to be called that is no method. */
export function writeFunctionCallee(callee: Node, at: Position, writer: Writer, isOptional = false): string {
  const node = callee as AnyNode;
  const written = writer.operand(callee, at);
  // JavaScript itself names a variable that is not a function.
  const isOwnName = node.type === 'Identifier' && written === node.name;
  return node.type === 'Super' || isOwnName ? written : checkCallable(written, callee, at, isOptional);
}

/** @param code the callee, written */
export function checkCallable(code: string, callee: Node, at: Position, isOptional: boolean): string {
  if (isOptional) return code;
  return `${runtime}.${at.canAwait ? 'callable' : 'callableSync'}(${code}, ${callSiteName(callee)})`;
}

/** A method bound to its object. As in JavaScript, it is looked up before the arguments are computed. */
export function writeMethod(
  member: MemberExpression,
  object: string,
  isOptional: boolean,
  at: Position,
  writer: Writer,
): string {
  if (!isPlainMember(member)) return writeUnreadableMethod(member, object, isOptional, at, writer);
  const method = at.canAwait ? 'method' : 'methodSync';
  const key = writeKey(member, at, writer);
  const optional = isOptional ? ', true' : '';
  return awaited(`${runtime}.${method}(${object}, ${key}, ${callSiteName(member)}${optional})`, settled(at));
}

/** A method of `super`, or a private one: only JavaScript can call it, unless it may be missing. */
function writeUnreadableMethod(
  member: MemberExpression,
  object: string,
  isOptional: boolean,
  at: Position,
  writer: Writer,
): string {
  if (!isOptional) return writeMember(member, object, at, writer);
  const self = temporary(at);
  const isSuper = object === 'super';
  const method = writeMember(member, isSuper ? object : self, at, writer);
  return `${runtime}.bound(${self} = ${isSuper ? 'this' : object}, ${method}, ${callSiteName(member)})`;
}
