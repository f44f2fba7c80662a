import type { AnyNode, Function as FunctionNode, MemberExpression, Node } from 'acorn';
import { childrenOf } from '../../syntax/walk.ts';

/** What a function looks at that an arrow function has from the function around it. */
export interface Surroundings {
  readonly self: boolean;
  readonly arguments: boolean;
  readonly target: boolean;
  readonly super: boolean;
  /** `super()`, or `yield` as a name: what a coroutine cannot have. */
  readonly fixed: boolean;
}

export function surroundingsOf(node: FunctionNode): Surroundings {
  const seen = { self: false, arguments: false, target: false, super: false, fixed: false };
  // A method that is a coroutine has a `super` of its own.
  const isArrow = node.type === 'ArrowFunctionExpression';
  const visit = (child: Node): void => {
    const any = child as AnyNode;
    if (any.type === 'ThisExpression') seen.self = true;
    else if (any.type === 'Identifier' && any.name === 'arguments') seen.arguments = true;
    else if (any.type === 'Identifier' && any.name === 'yield') seen.fixed = true;
    else if (any.type === 'MetaProperty' && any.meta.name === 'new') seen.target = true;
    else if (any.type === 'CallExpression' && any.callee.type === 'Super') seen.fixed = true;
    else if (any.type === 'CallExpression' && isName(any.callee, 'eval')) seen.self = true;
    else if (isArrow && assignsToSuper(any)) seen.fixed = true;
    else if (any.type === 'Super') seen.super = true;
    else if (any.type === 'PropertyDefinition') {
      if (any.computed) visit(any.key);
      return;
    } else if (/^(?:Function(?:Expression|Declaration)|StaticBlock)$/.test(any.type)) return;
    childrenOf(child).forEach(visit);
  };
  for (const child of [...node.params, node.body]) visit(child);
  return seen;
}

/** Whether a member of `super` is a target: of an assignment, a pattern, a loop or `++`. */
function assignsToSuper(node: AnyNode): boolean {
  if (node.type === 'UpdateExpression') return isSuperMember(node.argument);
  const isLoop = node.type === 'ForOfStatement' || node.type === 'ForInStatement';
  return (node.type === 'AssignmentExpression' || isLoop) && hasSuperMember(node.left);
}

function hasSuperMember(node: Node): boolean {
  return isSuperMember(node) || childrenOf(node).some(hasSuperMember);
}

function isSuperMember(node: Node): boolean {
  return node.type === 'MemberExpression' && (node as MemberExpression).object.type === 'Super';
}

function isName(node: Node, name: string): boolean {
  return node.type === 'Identifier' && (node as { name?: string }).name === name;
}
