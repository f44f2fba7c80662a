import type { CallExpression, MemberExpression, Node, SpreadElement } from 'acorn';
import { memberName } from '../../syntax/call-site-name.ts';
import type { Position } from './position.ts';
import type { Writer } from './writer.ts';
import { writeIterable } from './iterable.ts';
import { isGlobalPromise, writePromise } from './named-value.ts';

/** The arguments of a call. The promises given to `Promise.all` and its like are not awaited one by one. */
export function writeArguments(call: CallExpression, at: Position, writer: Writer): string {
  const [first, ...rest] = call.arguments;
  if (!first || !isPromiseCombinator(call.callee, at, writer))
    return writeArgumentList(call.arguments, at, writer, !looksForIt(call));
  const promises =
    first.type === 'ArrayExpression'
      ? `[${first.elements.map(element => (element ? writer.promise(element, at) : '')).join(', ')}]`
      : writer.promises(first, at);
  return [promises, ...rest.map(each => writer.operand(each, at))].join(', ');
}

/** @param mayKeep whether what is called may keep a promise that is made on the spot */
export function writeArgumentList(
  nodes: readonly Node[],
  at: Position,
  writer: Writer,
  mayKeep = true,
): string {
  return nodes
    .map((node, index) => {
      const { type, argument } = node as SpreadElement;
      if (type !== 'SpreadElement' || index < nodes.length - 1)
        return (mayKeep ? writePromise(node, at, writer) : undefined) ?? writer.operand(node, at);
      return `...${writeIterable(writer.used(argument, at), argument, argument, at, writer, { spread: true })}`;
    })
    .join(', ');
}

/** Whether a method looks for what it is given, which a promise that was just made can only be as what becomes of it. */
function looksForIt({ callee }: CallExpression): boolean {
  const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  return /^(?:includes|indexOf|lastIndexOf|has|get|delete|is)$/.test(name ?? '');
}

function isPromiseCombinator(callee: Node, at: Position, writer: Writer): boolean {
  const { type, object } = callee as MemberExpression;
  if (type !== 'MemberExpression') return false;
  const isPromise = isGlobalPromise(object, at, writer);
  return isPromise && /^(all|allSettled|race|any)$/.test(memberName(callee as MemberExpression) ?? '');
}
