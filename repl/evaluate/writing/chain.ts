import type { AnyNode, CallExpression, MemberExpression, Node } from 'acorn';
import { callSiteName, intermediateValue, memberName } from '../../syntax/call-site-name.ts';
import { type Position, settled, used } from './position.ts';
import { madeUp, runtimeAt } from './compiled-names.ts';
import type { MethodCall, Writer } from './writer.ts';
import { writeArgumentList, writeArguments } from './arguments.ts';
import { awaited, temporary } from './awaited.ts';
import { isPlainMember, writeMethod, writeRead } from './members.ts';

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
    case 'MemberExpression': {
      // The runtime waits for a promise that it is to read of.
      const object = isReadOfName(link)
        ? writer.operand(link.object, at)
        : writeObject(link, at, writer, guards);
      return writeRead(link, object, at, writer);
    }
    case 'CallExpression':
      return link.callee.type === 'MemberExpression'
        ? writeMethodCall(link as MethodCall, at, writer, guards)
        : writeCall(link, at, writer, guards);
    default:
      return at.purpose === 'promise' ? writer.promise(link, at) : writer.operand(link, at);
  }
}

/** `a.b`, and not a method of promises. */
function isReadOfName(member: MemberExpression): boolean {
  return (
    member.object.type === 'Identifier' &&
    !member.optional &&
    isPlainMember(member) &&
    !member.computed &&
    !isOfPromise(member)
  );
}

function isOfPromise(member: MemberExpression): boolean {
  return /^(then|catch|finally)$/.test(memberName(member) ?? '');
}

/** Writes the object of a member. A promise is left as it is if the member is one of its own methods. */
function writeObject(member: MemberExpression, at: Position, writer: Writer, guards: Guards): string {
  const object = isOfPromise(member)
    ? writeLink(member.object, { ...at, purpose: 'promise' }, writer, guards)
    : writeUsedLink(member.object, at, writer, guards);
  return member.optional ? unlessNullish(object, at, guards) : object;
}

/** A link whose value is used by the next one. */
function writeUsedLink(node: Node, at: Position, writer: Writer, guards: Guards): string {
  const isLink = node.type === 'MemberExpression' || node.type === 'CallExpression';
  if (node.type === 'Super') return 'super';
  return isLink ? writeLink(node, used(at), writer, guards) : writer.used(node, at);
}

function writeMethodCall(call: MethodCall, at: Position, writer: Writer, guards: Guards): string {
  const { callee } = call;
  const inside = settled(at);
  const found = writeObject(callee, inside, writer, guards);
  const isSuper = callee.object.type === 'Super';
  const object = isSuper ? 'super' : temporary(inside);
  const read =
    isOfPromise(callee) && isPlainMember(callee)
      ? `${runtimeAt(at)}.reactionOf(${object}, "${memberName(callee)}")`
      : writeMethod(callee, object, inside, writer);
  const method = isSuper ? read : `(${object} = ${found}, ${read})`;
  return writeInvocation(call, method, isSuper ? thisAt(at) : object, at, writer, guards);
}

function thisAt({ isCaptured }: Position): string {
  return isCaptured ? `${madeUp}self()` : 'this';
}

/** Writes a call of what is no method. */
function writeCall(call: CallExpression, at: Position, writer: Writer, guards: Guards): string {
  const inside = settled(at);
  const callee = call.callee as AnyNode;
  if (callee.type === 'Super') return `super(${writeArgumentList(call.arguments, inside, writer)})`;
  if (callee.type === 'ChainExpression' && callee.expression.type === 'MemberExpression')
    return writeParenthesizedChain(call, callee.expression, at, writer, guards);
  if (isDirectEval(call, inside, writer)) return writeEval(call, at, writer);
  const method =
    callee.type === 'CallExpression'
      ? writeLink(callee, used(inside), writer, guards)
      : writer.used(callee, inside);
  return writeInvocation(call, method, 'undefined', at, writer, guards);
}

/** Whether a call is one of JavaScript's own `eval`, which sees the names around it. */
function isDirectEval(
  { callee, optional, arguments: given }: CallExpression,
  at: Position,
  writer: Writer,
): boolean {
  return (
    callee.type === 'Identifier' &&
    callee.name === 'eval' &&
    !optional &&
    !at.names.has('eval') &&
    writer.write(callee, at) === 'eval' &&
    given[0] !== undefined &&
    given.every(({ type }) => type !== 'SpreadElement')
  );
}

/** The runtime compiles the text, and JavaScript evaluates it where the call is. */
function writeEval(call: CallExpression, at: Position, writer: Writer): string {
  const inside = settled(at);
  const [text = '', ...more] = call.arguments.map(each => writer.operand(each, inside));
  const runtime = runtimeAt(at);
  const isPrompt = at.level === 'prompt' || at.level === 'prompt block';
  const place = `"${madeUp}", ${JSON.stringify([...at.names])}, ${at.isCaptured}, ${isPrompt}`;
  const source = `${runtime}.toEvaluate(${text}, ${place})`;
  return awaited(`${runtime}.evaluated(eval(${[source, ...more].join(', ')}))`, at, writer.label(call));
}

/** `(a?.b)()` calls b as a method of a; if a is nullish, the function is missing. */
function writeParenthesizedChain(
  call: CallExpression,
  member: MemberExpression,
  at: Position,
  writer: Writer,
  guards: Guards,
): string {
  const inside = settled(at);
  const self = temporary(inside);
  const method = writeWithObject(
    member,
    inside,
    writer,
    object => `(${self} = ${object}, ${writeMethod(member, self, inside, writer)})`,
  );
  return writeInvocation(call, method, self, at, writer, guards);
}

function writeInvocation(
  call: CallExpression,
  method: string,
  self: string,
  at: Position,
  writer: Writer,
  guards: Guards,
): string {
  const { callee } = call;
  const inside = settled(at);
  const target = call.optional ? unlessNullish(method, inside, guards) : method;
  const given = writeArguments(call, inside, writer);
  const name = callee.type === 'ChainExpression' ? JSON.stringify(intermediateValue) : callSiteName(callee);
  const isKept = at.purpose === 'keep' && at.waiting !== 'await';
  const how = at.purpose === 'promises' ? 'start' : isKept ? 'invokeToKeep' : 'invoke';
  const parts = [target, self, name, ...(given === '' ? [] : [given])];
  return awaited(`${runtimeAt(at)}.${how}(${parts.join(', ')})`, at, writer.label(call));
}
