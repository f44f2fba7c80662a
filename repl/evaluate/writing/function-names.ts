import type { Function as FunctionNode, Pattern } from 'acorn';
import { boundNames, hoistedNames, lexicalNames, Names, variableNames } from '../../syntax/names.ts';
import type { Position } from './position.ts';

/** Among the parameters, which do not see what the body declares. */
export function inHead(node: FunctionNode, inside: Position, at: Position): Position {
  return {
    ...inside,
    names: new Names([...node.params.flatMap(boundNames), ...outsideBody(node)], at.names),
  };
}

/** What the parameters are declared with: the body may declare one of them again, if it has no scope of its own. */
export function keywordFor(node: FunctionNode): 'let' | 'var' {
  const names = node.params.flatMap(boundNames);
  return !hasOwnScope(node) && variableNames(node.body).some(each => names.includes(each)) ? 'var' : 'let';
}

/** Whether the body has a scope for its variables, which code among the parameters does not see. */
export function hasOwnScope({ params }: FunctionNode): boolean {
  return params.some(hasCode);
}

/** Whether a parameter has a default value or a computed key. */
function hasCode(pattern: Pattern): boolean {
  switch (pattern.type) {
    case 'AssignmentPattern':
      return true;
    case 'ObjectPattern':
      return pattern.properties.some(part =>
        part.type === 'RestElement' ? hasCode(part.argument) : part.computed || hasCode(part.value),
      );
    case 'ArrayPattern':
      return pattern.elements.some(element => element !== null && hasCode(element));
    case 'RestElement':
      return hasCode(pattern.argument);
    default:
      return false;
  }
}

/** Whether the code of a function is strict. */
export function isStrictInside({ body }: FunctionNode, at: Position): boolean {
  const statements = body.type === 'BlockStatement' ? body.body : [];
  return at.isStrict || statements.some(each => 'directive' in each && each.directive === 'use strict');
}

/** The functions in blocks of a body whose names are those of the function, too: never those of parameters. */
export function hoistedInside({ params, body }: FunctionNode, isStrict: boolean): string[] {
  return isStrict || body.type !== 'BlockStatement'
    ? []
    : hoistedNames(body.body, params.flatMap(boundNames));
}

/** What a function declares, its own name left out. */
export function bodyNames(node: FunctionNode, at: Position): string[] {
  return [
    ...node.params.flatMap(boundNames),
    ...variableNames(node.body),
    ...hoistedInside(node, isStrictInside(node, at)),
    ...(node.body.type === 'BlockStatement' ? lexicalNames(node.body.body) : []),
  ];
}

/** Whether an arrow function declares `arguments`, which others have by themselves. */
export function declaresArguments(node: FunctionNode, at: Position): boolean {
  return node.type === 'ArrowFunctionExpression' && bodyNames(node, at).includes('arguments');
}

export function namesInside(node: FunctionNode, at: Position): string[] {
  return [...bodyNames(node, at), ...outsideBody(node)];
}

/** The names that a function has besides those that it declares. */
function outsideBody(node: FunctionNode): string[] {
  return [
    ...(node.type === 'ArrowFunctionExpression' ? [] : ['arguments']),
    ...(node.type === 'FunctionExpression' && node.id ? [node.id.name] : []),
  ];
}
