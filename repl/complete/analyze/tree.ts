import { parser } from '@lezer/javascript';

/** A node of the tree of a half-typed text. */
export type SyntaxNode = ReturnType<(typeof parser)['parse']>['topNode'];

const typescript = parser.configure({ dialect: 'ts' });

/** The tree of a text, whatever is wrong with it. */
export function parse(text: string): SyntaxNode {
  return typescript.parse(text).topNode;
}

/** The children of a node, in order; those of some names, if any are given. */
export function children(node: SyntaxNode, ...names: readonly string[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (names.length === 0 || names.includes(child.name)) found.push(child);
  return found;
}

/** The nodes of a list, without brackets, commas, comments and what could not be parsed. */
export function items(list: SyntaxNode): SyntaxNode[] {
  return children(list).filter(child => isMeaningful(child) && child.name !== 'Spread');
}

/** The node after a token such as `=`; undefined if there is none. */
export function after(node: SyntaxNode, token: string): SyntaxNode | undefined {
  let child = node.getChild(token)?.nextSibling ?? undefined;
  while (child && !isMeaningful(child)) child = child.nextSibling ?? undefined;
  return child;
}

/** The nearest node around another of one of some names. */
export function around(node: SyntaxNode, ...names: readonly string[]): SyntaxNode | undefined {
  for (let one = node.parent; one; one = one.parent) if (names.includes(one.name)) return one;
  return undefined;
}

/** What a string literal says, as far as it is typed. */
export function stringValue(text: string, node: SyntaxNode): string {
  const written = text.slice(node.from + 1, node.to);
  return written.endsWith(text.charAt(node.from)) ? written.slice(0, -1) : written;
}

function isMeaningful({ name, type }: SyntaxNode): boolean {
  return !type.isError && /^\w/.test(name) && !name.endsWith('Comment');
}
