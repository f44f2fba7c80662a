import type { AnyNode, Node, Pattern } from 'acorn';
import { boundNames } from './names.ts';
import { walk } from './walk.ts';

/** The names that are assigned to anywhere below a node: `x = 1`, `x++`, `for (x of …)`, but not `let x = 1`. */
export function assignedNames(node: Node): Set<string> {
  const names = new Set<string>();
  walk(node, each => {
    const target = targetOf(each);
    if (target) for (const name of boundNames(target)) names.add(name);
  });
  return names;
}

function targetOf(node: AnyNode): Pattern | undefined {
  switch (node.type) {
    case 'AssignmentExpression':
      return node.left;
    case 'UpdateExpression':
      return node.argument as Pattern;
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration' ? undefined : node.left;
    default:
      return undefined;
  }
}
