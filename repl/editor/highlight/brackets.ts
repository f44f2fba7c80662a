import type { Tree } from './syntax-tree.ts';

type Node = ReturnType<Tree['resolveInner']>;

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** @returns where the bracket is that matches the one before or behind a place */
export function matchingBracket(tree: Tree, at: number): number | undefined {
  return partnerAt(tree, at - 1) ?? partnerAt(tree, at);
}

function partnerAt(tree: Tree, at: number): number | undefined {
  if (at < 0) return undefined;
  const node = tree.resolveInner(at, 1);
  if (node.from !== at || node.to !== at + 1) return undefined;
  const closer = closers[node.name];
  if (closer !== undefined) return sibling(node, closer, 'nextSibling')?.from;
  const opener = openers[node.name];
  return opener === undefined ? undefined : sibling(node, opener, 'prevSibling')?.from;
}

function sibling(node: Node, name: string, side: 'nextSibling' | 'prevSibling'): Node | undefined {
  for (let next = node[side]; next; next = next[side]) if (next.name === name) return next;
  return undefined;
}
