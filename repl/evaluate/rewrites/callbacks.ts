import type { AnyNode, CallExpression, Function as FunctionNode, MemberExpression, Node } from 'acorn';
import { callSiteName } from '../../syntax/call-site-name.ts';
import { runtime, awaited, temporary, type Position, type Writer } from '../writer.ts';
import { childrenOf } from '../../syntax/walk.ts';
import { writeFunction } from './functions.ts';

/** A function written in the place where a list is walked. */
export interface InlineCallback {
  readonly member: MemberExpression;
  readonly method: string;
  readonly callback: FunctionNode;
}

const walking = new Set(
  'map filter forEach find findIndex findLast findLastIndex some every flatMap reduce reduceRight'.split(' '),
);

/** The callback of `posts.map(post => post.author.username)`, if it could have to wait for anything. */
export function inlineCallback({
  callee,
  optional,
  arguments: [callback],
}: CallExpression): InlineCallback | undefined {
  if (optional || callee.type !== 'MemberExpression' || callee.computed || callee.object.type === 'Super')
    return undefined;
  if (callee.property.type !== 'Identifier' || !walking.has(callee.property.name)) return undefined;
  if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression')
    return undefined;
  if (callback.async || callback.generator || !mayWait(callback)) return undefined;
  return { member: callee, method: callee.property.name, callback };
}

/**
 * A callback of a list may load and wait like the code around it; its calls then run one after another. Whether it is
 * a list is known only when it runs, so both ways of calling are written, and one of them is taken.
 */
export function writeWalk(
  call: CallExpression,
  { member, method, callback }: InlineCallback,
  object: string,
  at: Position,
  writer: Writer,
): string {
  const between = { ...at, raw: false };
  const list = temporary(at);
  const rest = call.arguments
    .slice(1)
    .map(each => `, ${writer.operand(each, between)}`)
    .join('');
  const walk = (how: string) =>
    `${runtime}.${how}(${list}, "${method}", ${writeFunction(callback, between, writer, true)}${rest})`;
  const waiting = at.raw ? walk('atOnce') : `${runtime}.resume(await ${walk('inOrder')})`;
  const found = `${runtime}.methodSync(${list}, "${method}", ${callSiteName(member)})`;
  const plain = awaited(`${found}(${writeFunction(callback, between, writer)}${rest})`, at);
  const loaded = awaited(`${runtime}.list(${object})`, between);
  return `(${runtime}.isList(${list} = ${loaded}, "${method}") ? ${waiting} : ${plain})`;
}

/** `x => x * 2` cannot have to wait, and stays as fast as it is. */
function mayWait(node: Node): boolean {
  return waits.test((node as AnyNode).type) || childrenOf(node).some(mayWait);
}

const waits =
  /^(Member|Call|New|TaggedTemplate)Expression$|^(TemplateLiteral|SpreadElement|ForOfStatement|WhileStatement|DoWhileStatement|ForStatement|ObjectPattern)$/;
