import type { AnyNode, Node } from 'acorn';
import type { Writer } from './writer.ts';

/** How a complaint names what could not be called, as V8 would: `user.foo`, `f(...)`. */
export function label(node: Node, writer: Writer): string {
  return JSON.stringify(describe(node as AnyNode, writer));
}

function describe(node: AnyNode, writer: Writer): string {
  switch (node.type) {
    case 'Identifier':
    case 'ThisExpression':
    case 'Super':
      return writer.text(node);
    case 'MemberExpression': {
      const object = describe(node.object, writer);
      return node.computed ? `${object}[...]` : `${object}.${writer.text(node.property)}`;
    }
    case 'CallExpression':
      return `${describe(node.callee, writer)}(...)`;
    case 'ChainExpression':
      return describe(node.expression, writer);
    default:
      return '(intermediate value)';
  }
}
