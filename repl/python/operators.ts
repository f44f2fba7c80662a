import type { PyNode } from './tree.ts';

/** Both sides of an operator, `not in` and `is not` in one piece. */
export function operatorsOf({ children }: PyNode): { left: PyNode; operator: string; right: PyNode } {
  const [left, right] = [children[0], children.at(-1)] as [PyNode, PyNode];
  return {
    left,
    operator: children
      .slice(1, -1)
      .map(each => each.text)
      .join(' '),
    right,
  };
}

/** Without the parentheses around it. */
export function unwrapped(node: PyNode): PyNode {
  const [, only] = node.children;
  return node.type === 'ParenthesizedExpression' && only ? unwrapped(only) : node;
}

/** Whether it is a literal, which is no column. */
export function isText({ type }: PyNode): boolean {
  return type === 'String' || type === 'Number';
}
