import { children, parse, type SyntaxNode } from './tree.ts';

/** Stands for the rest of the word at the cursor, so that there is a node for it where nothing is typed yet. */
export const placeholder = 'ǂ';

/** How many characters are looked at before and after the cursor. */
const reach = { before: 8192, after: 2048 };

/** A text with a placeholder at the cursor, and what is open closed. */
export interface HalfTyped {
  readonly text: string;
  readonly tree: SyntaxNode;
  /** The node that ends with the placeholder, or has it in it. */
  readonly node: SyntaxNode;
}

/**
 * Reads a text that is being typed. What comes after the cursor counts where it makes sense with what is before; otherwise
 * the rest of the line does, or nothing.
 */
export function readHalfTyped(text: string, cursor: number): HalfTyped {
  const before = text.slice(startOf(text, cursor), cursor) + placeholder;
  const rest = text.slice(cursor, cursor + reach.after);
  const [line = ''] = rest.split('\n', 1);
  const gap = /^\s*[\p{ID_Start}$_'"]/u.test(line) ? [`,${line}`] : [];
  let closed: Omit<HalfTyped, 'node'> | undefined;
  for (const after of new Set([rest, line, ...gap, ''])) {
    closed = close(before + after);
    if (after !== '' && !hasErrors(closed.tree)) break;
  }
  const { text: read, tree } = closed ?? close(before);
  return { text: read, tree, node: tree.resolveInner(before.length, -1) };
}

/** Where to begin: at a line that seems to begin a statement, if the text is long. */
function startOf(text: string, cursor: number): number {
  if (cursor <= reach.before) return 0;
  const from = cursor - reach.before;
  const start = /\n(?=[^\s)\]}.])/.exec(text.slice(from, cursor));
  return start ? from + start.index + 1 : from;
}

/** A text with everything closed that is open at its end. */
function close(text: string): { text: string; tree: SyntaxNode } {
  const tree = parse(text);
  let closers = '';
  for (let node: SyntaxNode | null = tree.resolveInner(text.length, -1); node; node = node.parent)
    closers += closerOf(node, text);
  if (closers === '') return { text, tree };
  return { text: text + closers, tree: parse(text + closers) };
}

const brackets: readonly (readonly [open: string, close: string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];

/** What a node lacks at its end. */
function closerOf(node: SyntaxNode, text: string): string {
  if (node.name === 'String') {
    const quote = text.charAt(node.from);
    return node.to - node.from > 1 && text.charAt(node.to - 1) === quote ? '' : quote;
  }
  const parts = children(node);
  const names = parts.map(({ name }) => name);
  if (node.name === 'TemplateString') return names.at(-1) === '⚠' ? '`' : '';
  if (node.name === 'Interpolation') return names.includes('InterpolationEnd') ? '' : '}';
  return brackets
    .filter(([open, closed]) => names.includes(open) && !names.includes(closed))
    .map(([, closed]) => closed)
    .join('');
}

function hasErrors(tree: SyntaxNode): boolean {
  const cursor = tree.cursor();
  do if (cursor.type.isError) return true;
  while (cursor.next());
  return false;
}
