import type { AnyNode, Node } from 'acorn';

/** The child nodes that are code. A name that only labels something, such as the key of a property, is left out. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (isLabel(node as AnyNode, key)) continue;
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(child)) children.push(child);
  }
  return children;
}

/**
 * Visits a node and everything below it, parents first.
 *
 * @param visit returns false to leave out what is below a node
 */
export function walk(node: Node, visit: (node: AnyNode) => false | void): void {
  if (visit(node as AnyNode) === false) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

function isNode(value: unknown): value is Node {
  return typeof (value as Node | null)?.type === 'string';
}

function isLabel(node: AnyNode, key: string): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return key === 'property' && !node.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return key === 'key' && !node.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return key === 'label';
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return key === 'id';
    default:
      return node.type === 'MetaProperty';
  }
}
