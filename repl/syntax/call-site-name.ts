import type { AnyNode, Node } from 'acorn';

/** How V8 names what cannot be called: `user.foo`, `f(...)`. Written as a string of JavaScript. */
export function callSiteName(node: Node): string {
  return JSON.stringify(nameOf(node));
}

/** How V8 names what cannot be iterated over, as JavaScript: a string, or `undefined` if it names nothing. */
export function iterableName(node: Node | undefined): string {
  if (!node) return 'undefined';
  const { type, callee } = node as { type: string; callee?: Node };
  return /^(Call|New)Expression$/.test(type) && callee
    ? JSON.stringify(`${nameOf(callee)} is not a function or its return value`)
    : callSiteName(node);
}

/** What V8 calls a value without a name. */
export const intermediateValue = '(intermediate value)';

/** A longer one would not be read, and a chain of calls would be printed at each of them. */
const maxLength = 1000;

function nameOf(node: Node): string {
  if (node.end - node.start > maxLength) return intermediateValue;
  return printCallSite(node as AnyNode) || intermediateValue;
}

/** Prints a node as V8's CallPrinter does; empty for what that does not print. */
function printCallSite(node: AnyNode): string {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'ThisExpression':
      return 'this';
    case 'Literal':
      return typeof node.value === 'string' ? `"${node.value}"` : (node.raw ?? '');
    case 'MemberExpression': {
      const { computed, object, optional, property } = node;
      const name = memberName(node);
      if (property.type === 'PrivateIdentifier') return `${nameOf(object)}[#${property.name}]`;
      if (name !== undefined) return `${nameOf(object)}${optional ? '?' : ''}.${name}`;
      return computed ? `${nameOf(object)}${optional ? '?.' : ''}[${nameOf(property)}]` : '';
    }
    case 'CallExpression':
      return `${nameOf(node.callee)}(...)`;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return `(${nameOf(node.left)} ${node.operator} ${nameOf(node.right)})`;
    case 'UnaryExpression':
      if (node.argument.type === 'Literal') return `${node.operator}${nameOf(node.argument)}`;
      return `(${node.operator}${/\w/.test(node.operator) ? ' ' : ''}${nameOf(node.argument)})`;
    case 'ConditionalExpression':
      return intermediateValue.repeat(3);
    case 'SequenceExpression':
      return `(${node.expressions.map(nameOf).join(' , ')})`;
    case 'ArrayExpression':
      return `[${node.elements.map(element => (element ? nameOf(element) : '')).join(',')}]`;
    case 'ObjectExpression':
      return `{${node.properties.map(() => intermediateValue).join('')}}`;
    default:
      return '';
  }
}

/** The name of a member if it is known before anything runs: `a.b`, `a['b']`, `a.#b`. */
export function memberName({
  computed,
  property,
}: Extract<AnyNode, { type: 'MemberExpression' }>): string | undefined {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!computed) return (property as { name: string }).name;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}
