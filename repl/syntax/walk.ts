import type { AnyNode, Node } from 'acorn';

/** The child nodes that are code. A name that only labels something, such as the key of a property, is left out. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  if (node.type === 'MetaProperty') return children;
  const label = labelOf(node as AnyNode);
  // Every text is walked several times, and a node has own properties only.
  for (const key in node) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null || key === label) continue;
    if (Array.isArray(value)) {
      for (const child of value) if (isNode(child)) children.push(child);
    } else if (isNode(value)) children.push(value);
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

/** The property that holds a name which only labels something. */
function labelOf(node: AnyNode): string | undefined {
  switch (node.type) {
    case 'MemberExpression':
      return node.computed ? undefined : 'property';
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return node.computed ? undefined : 'key';
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return 'label';
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return 'id';
    default:
      return undefined;
  }
}
