import type { AnyNode, CallExpression, ChainExpression, MemberExpression, Node } from 'acorn';
import { intermediateValue, memberName } from '../../syntax/call-site-name.ts';
import { type Position, settled } from './position.ts';
import { type MethodCall, runtime, type Writer } from './writer.ts';
import { writeArgumentList, writeArguments } from './arguments.ts';
import { awaited, temporary } from './awaited.ts';
import { checkCallable, writeFunctionCallee, writeMethod } from './callees.ts';
import { writeRead } from './members.ts';

/**
 * What precedes the code of a chain, one for each `?.` in it: `((value = …) == null ? undefined : `. A nullish value
 * there leaves out the rest of the whole chain.
 */
type Guards = string[];

/** Writes a chain of members and calls: `a.b?.c(d)`. */
export function writeChain(node: Node, at: Position, writer: Writer): string {
  const guards: Guards = [];
  return guarded(guards, writeLink(node, at, writer, guards));
}

/** Writes what is done with a member, given its object: `delete a?.b` is `a?.` with a deletion at the end. */
export function writeWithObject(
  member: MemberExpression,
  at: Position,
  writer: Writer,
  write: (object: string) => string,
): string {
  const guards: Guards = [];
  const object = writeObject(member, at, writer, guards);
  return guarded(guards, write(object));
}

function guarded(guards: Guards, code: string): string {
  return guards.join('') + code + ')'.repeat(guards.length);
}

function unlessNullish(code: string, at: Position, guards: Guards): string {
  const value = temporary(at);
  guards.push(`((${value} = ${code}) == null ? undefined : `);
  return value;
}

/** Writes a link with all links before it. */
function writeLink(node: Node, at: Position, writer: Writer, guards: Guards): string {
  const link = node as AnyNode;
  switch (link.type) {
    case 'MemberExpression':
      return writeRead(link, writeObject(link, at, writer, guards), at, writer);
    case 'CallExpression':
      return link.callee.type === 'MemberExpression'
        ? writeMethodCall(link as MethodCall, at, writer, guards)
        : writeCall(link, at, writer, guards);
    default:
      return at.wantsPromise ? writer.promise(link, at) : writer.operand(link, at);
  }
}

/** Writes the object of a member. A promise is left as it is if the member is one of its own methods. */
function writeObject(member: MemberExpression, at: Position, writer: Writer, guards: Guards): string {
  const wantsPromise = /^(then|catch|finally)$/.test(memberName(member) ?? '');
  const object = writeLink(member.object, { ...at, wantsPromise }, writer, guards);
  return member.optional ? unlessNullish(object, at, guards) : object;
}

function writeMethodCall(call: MethodCall, outer: Position, writer: Writer, guards: Guards): string {
  const at = settled(outer);
  const object = writeObject(call.callee, at, writer, guards);
  const rewritten = writer.methodCall(call, object, outer);
  if (rewritten !== undefined) return rewritten;
  const method = writeMethod(call.callee, object, call.optional, at, writer);
  const callee = call.optional ? unlessNullish(method, at, guards) : method;
  return awaited(`${callee}(${writeArguments(call, at, writer)})`, outer);
}

/** Writes a call of what is no method. */
function writeCall(call: CallExpression, outer: Position, writer: Writer, guards: Guards): string {
  const at = settled(outer);
  const value = writeCallee(call, at, writer, guards);
  const callee = call.optional ? unlessNullish(value, at, guards) : value;
  return call.callee.type === 'Super'
    ? `super(${writeArgumentList(call.arguments, at, writer)})`
    : awaited(`${callee}(${writeArguments(call, at, writer)})`, outer);
}

function writeCallee(
  { callee, optional }: CallExpression,
  at: Position,
  writer: Writer,
  guards: Guards,
): string {
  const node = callee as AnyNode;
  if (node.type === 'ChainExpression') return writeParenthesizedChain(node, at, writer);
  if (node.type !== 'CallExpression') return writeFunctionCallee(node, at, writer, optional);
  return checkCallable(writeLink(node, at, writer, guards), node, at, optional);
}

/** `(a?.b)()` calls b as a method of a; if a is nullish, the function is missing. */
function writeParenthesizedChain(chain: ChainExpression, at: Position, writer: Writer): string {
  const member = chain.expression;
  const value =
    member.type === 'MemberExpression'
      ? writeWithObject(member, at, writer, object => writeMethod(member, object, true, at, writer))
      : writer.write(chain, at);
  return `${runtime}.callableSync(${value}, ${JSON.stringify(intermediateValue)})`;
}
