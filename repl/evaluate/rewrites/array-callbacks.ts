import type { AnyNode, Function as FunctionNode, Node } from 'acorn';
import { callSiteName } from '../../syntax/call-site-name.ts';
import { childrenOf } from '../../syntax/walk.ts';
import { awaited, temporary } from '../writing/awaited.ts';
import { writeFunction } from '../writing/functions.ts';
import { settled } from '../writing/position.ts';
import { type MethodCall, type Rewrite, runtime } from '../writing/writer.ts';

/**
 * A callback that is written in a call of an array's method may load and wait like the code around it; its calls then
 * run one after another. Whether the object is an array is only known when it runs, so the call is written in both ways.
 */
export const arrayCallbacks: Rewrite = {
  MethodCall(call, object, at, writer) {
    const inline = at.canAwait ? inlineCallback(call) : undefined;
    if (!inline) return undefined;
    const { method, callback } = inline;
    const inside = settled(at);
    const list = temporary(at);
    const extra = call.arguments
      .slice(1)
      .map(each => `, ${writer.operand(each, inside)}`)
      .join('');
    const callOnList = (how: string) =>
      `${runtime}.${how}(${list}, "${method}", ${writeFunction(callback, inside, writer, true)}${extra})`;
    const waiting = at.wantsPromise
      ? callOnList('atOnce')
      : `${runtime}.resume(await ${callOnList('inOrder')})`;
    const bound = `${runtime}.methodSync(${list}, "${method}", ${callSiteName(call.callee)})`;
    const plain = awaited(`${bound}(${writeFunction(callback, inside, writer)}${extra})`, at);
    const loaded = awaited(`${runtime}.loadedList(${object})`, inside);
    return `(${runtime}.isList(${list} = ${loaded}, "${method}") ? ${waiting} : ${plain})`;
  },
};

const callbackMethods = new Set(
  'map filter forEach find findIndex findLast findLastIndex some every flatMap reduce reduceRight'.split(' '),
);

/** The callback of `posts.map(post => post.author.username)`, if it may have to wait. */
function inlineCallback({
  callee,
  optional,
  arguments: [callback],
}: MethodCall): { method: string; callback: FunctionNode } | undefined {
  if (optional || callee.computed || callee.object.type === 'Super') return undefined;
  if (callee.property.type !== 'Identifier' || !callbackMethods.has(callee.property.name)) return undefined;
  if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression')
    return undefined;
  if (callback.async || callback.generator || !mayWait(callback)) return undefined;
  return { method: callee.property.name, callback };
}

/** A callback such as `x => x * 2` never waits, and stays as fast as it is. */
function mayWait(node: Node): boolean {
  return waitingNodes.test((node as AnyNode).type) || childrenOf(node).some(mayWait);
}

const waitingNodes =
  /^(Member|Call|New|TaggedTemplate)Expression$|^(TemplateLiteral|SpreadElement|ForOfStatement|WhileStatement|DoWhileStatement|ForStatement|ObjectPattern)$/;
