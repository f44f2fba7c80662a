import type { AnyNode, Node } from 'acorn';

/** How a complaint names what could not be called, as V8 would: `user.foo`, `f(...)`. */
export function callSiteName(node: Node): string {
  return JSON.stringify(find(node));
}

/** How a complaint names what could not be iterated over. */
export function iterableLabel(node: Node | undefined): string {
  if (!node) return 'undefined';
  const { type, callee } = node as { type: string; callee?: Node };
  return /^(Call|New)Expression$/.test(type) && callee
    ? JSON.stringify(`${find(callee)} is not a function or its return value`)
    : callSiteName(node);
}

export const intermediate = '(intermediate value)';

function find(node: Node): string {
  return describe(node as AnyNode) || intermediate;
}

/** What V8's printer of call sites prints, nothing where it has no words. */
function describe(node: AnyNode): string {
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
      if (name !== undefined) return `${find(object)}${optional ? '?' : ''}.${name}`;
      return computed ? `${find(object)}${optional ? '?.' : ''}[${find(property)}]` : '';
    }
    case 'CallExpression':
      return `${find(node.callee)}(...)`;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return `(${find(node.left)} ${node.operator} ${find(node.right)})`;
    case 'UnaryExpression':
      if (node.argument.type === 'Literal') return `${node.operator}${find(node.argument)}`;
      return `(${node.operator}${/\w/.test(node.operator) ? ' ' : ''}${find(node.argument)})`;
    case 'ConditionalExpression':
      return intermediate.repeat(3);
    case 'SequenceExpression':
      return `(${node.expressions.map(find).join(' , ')})`;
    case 'ArrayExpression':
      return `[${node.elements.map(element => (element ? find(element) : '')).join(',')}]`;
    case 'ObjectExpression':
      return `{${node.properties.map(() => intermediate).join('')}}`;
    default:
      return '';
  }
}

/** The name by which a member is known before anything runs: `a.b`, `a['b']`, `a.#b`. */
export function memberName({
  computed,
  property,
}: Extract<AnyNode, { type: 'MemberExpression' }>): string | undefined {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!computed) return (property as { name: string }).name;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}
