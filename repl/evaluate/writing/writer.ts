import type { AnyNode, CallExpression, Class, MemberExpression, Node } from 'acorn';
import { childrenOf } from '../../syntax/walk.ts';
import { fresh, usable } from './awaited.ts';
import { asked, type Position, settled, used } from './position.ts';

type NodeOf<T extends AnyNode['type']> = Extract<AnyNode, { type: T }>;

/**
 * A rewrite: for some types of node, the JavaScript that replaces them. A method returns undefined for a node that it
 * leaves to the rewrites after it.
 */
export type Rewrite = {
  readonly [T in AnyNode['type']]?: (node: NodeOf<T>, at: Position, writer: Writer) => string | undefined;
} & {
  /** A method call as a link of a chain, `….map(f)`: what is before it has been written already, as `object`. */
  readonly MethodCall?: (
    node: MethodCall,
    object: string,
    at: Position,
    writer: Writer,
  ) => string | undefined;
};

export type MethodCall = CallExpression & { readonly callee: MemberExpression };

/**
 * Writes JavaScript for a tree. What no rewrite replaces is copied from the source, and everything stays on its line.
 *
 * Not magic-string, which edits a text in place: a rewrite nests what its children became, often more than once.
 */
export class Writer {
  readonly source: string;
  readonly #typed: string;
  readonly #lineBreaks: readonly number[];
  readonly #rewrites: readonly Rewrite[];

  /**
   * @param source what the nodes are parts of
   * @param typed the same with its types, at the same places
   */
  constructor(source: string, typed: string, rewrites: readonly Rewrite[]) {
    this.source = source;
    this.#typed = typed;
    this.#lineBreaks = [...source.matchAll(/\n/g)].map(({ index }) => index);
    this.#rewrites = rewrites;
  }

  /** @returns JavaScript for the node, as many lines long as the node was */
  write(node: Node, at: Position): string {
    for (const rewrite of this.#rewrites) {
      const method = rewrite[node.type as AnyNode['type']] as
        | ((node: Node, at: Position, writer: Writer) => string | undefined)
        | undefined;
      const written = method?.(node, at, this);
      if (written !== undefined) return this.#onItsLines(node, written);
    }
    return this.copy(node, at);
  }

  /** Writes a method call of which the object is written; undefined if no rewrite replaces it. */
  methodCall(node: MethodCall, object: string, at: Position): string | undefined {
    for (const rewrite of this.#rewrites) {
      const written = rewrite.MethodCall?.(node, object, at, this);
      if (written !== undefined) return written;
    }
    return undefined;
  }

  /** Like {@link write}, in parentheses if the node cannot be an argument or operand without them. */
  operand(node: Node, at: Position): string {
    return parenthesized(node, this.write(node, settled(at)));
  }

  /** Like {@link operand}, for the value that a function returns. */
  returned(node: Node, at: Position): string {
    return parenthesized(node, this.write(node, { ...at, purpose: 'return' }));
  }

  /** Like {@link operand}, for a value that is used: a promise is waited for, or an error where nothing can wait. */
  used(node: Node, at: Position): string {
    return this.#usable(node, used(at));
  }

  /** Like {@link used}, but that a promise that typed code keeps stays what it is. */
  item(node: Node, at: Position): string {
    return this.#usable(node, { ...at, purpose: 'item' });
  }

  /** Like {@link used}, for a value that is only asked whether it is there. */
  asked(node: Node, at: Position): string {
    return this.#usable(node, asked(at));
  }

  #usable(node: Node, inside: Position): string {
    const written = parenthesized(node, this.write(node, inside));
    return mayPassOnPromise.has(node.type) ? usable(written, inside, this.label(node)) : written;
  }

  /** Like {@link used}, for a value that is shown: what has expired in it is loaded again first. */
  shown(node: Node, at: Position): string {
    return this.#fresh(node, 'show', at);
  }

  /** Like {@link used}, for a value whose fields are copied: what has expired in it is loaded again first. */
  copied(node: Node, at: Position): string {
    return this.#fresh(node, 'copy', at);
  }

  /** Like {@link shown}, for a value that becomes a number. */
  number(node: Node, at: Position): string {
    return this.#fresh(node, 'number', at);
  }

  #fresh(node: Node, purpose: 'show' | 'copy' | 'number', at: Position): string {
    const written = parenthesized(node, this.write(node, { ...at, purpose }));
    if (isPrimitive.has(node.type) || showsItself.has(node.type)) return written;
    return fresh(written, purpose, at, this.label(node));
  }

  /** Like {@link operand}, without waiting for the value of the node itself. */
  promise(node: Node, at: Position): string {
    return parenthesized(node, this.write(node, { ...at, purpose: 'promise' }));
  }

  /** Like {@link promise}, for a list: a call that makes one calls back for all items at once. */
  promises(node: Node, at: Position): string {
    return parenthesized(node, this.write(node, { ...at, purpose: 'promises' }));
  }

  /** The node as it was typed, with its children written. */
  copy(node: Node, at: Position): string {
    return this.fill(node, childrenOf(node), child => this.write(child, settled(at)));
  }

  /** The node as it was typed, with the given descendants replaced, which must not overlap. */
  fill(node: Node, holes: readonly Node[], write: (hole: Node) => string): string {
    let written = '';
    let end = node.start;
    for (const hole of holes.toSorted((one, other) => one.start - other.start)) {
      written += this.source.slice(end, hole.start) + write(hole);
      end = hole.end;
    }
    return written + this.source.slice(end, node.end);
  }

  /** The node as it was typed, with its children written; the value of some of them is used. */
  copyUsing(node: Node, usedChildren: readonly (Node | null | undefined)[], at: Position): string {
    return this.fill(node, childrenOf(node), child =>
      usedChildren.includes(child) ? this.used(child, settled(at)) : this.write(child, settled(at)),
    );
  }

  text(node: Node): string {
    return this.source.slice(node.start, node.end);
  }

  /** The node as it was typed, with its types: for what is shown. */
  typed(node: Node): string {
    return this.#typed.slice(node.start, node.end);
  }

  /** The node as it was typed, or its beginning: for an error. */
  label(node: Node): string {
    const { start, end } = node;
    return this.#typed.slice(start, Math.min(end, start + maxLabel));
  }

  #onItsLines(node: Node, written: string): string {
    if (!this.#hasLineBreak(node)) return written;
    const missing = countLines(this.text(node)) - countLines(written);
    return missing > 0 ? written + '\n'.repeat(missing) : written;
  }

  #hasLineBreak({ start, end }: Node): boolean {
    let low = 0;
    let high = this.#lineBreaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lineBreaks[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    return (this.#lineBreaks[low] ?? end) < end;
  }
}

/** How many characters of what was typed an error is told. */
const maxLabel = 80;

/** Nodes that pass on what another one gave; calls and reads see to their value themselves. */
const mayPassOnPromise = new Set([
  'Identifier',
  'AssignmentExpression',
  'ConditionalExpression',
  'LogicalExpression',
  'SequenceExpression',
  'YieldExpression',
]);

/** Nodes whose value has nothing that could expire. */
const isPrimitive = new Set([
  'Literal',
  'TemplateLiteral',
  'BinaryExpression',
  'UnaryExpression',
  'UpdateExpression',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'PrivateIdentifier',
]);

/** Nodes that see to it themselves that their value can be shown. */
const showsItself = new Set([
  'MemberExpression',
  'CallExpression',
  'ChainExpression',
  'NewExpression',
  'TaggedTemplateExpression',
]);

const needsNoParentheses = new Set([
  'Identifier',
  'Literal',
  'ThisExpression',
  'MemberExpression',
  'CallExpression',
  'TemplateLiteral',
  'ArrayExpression',
  'SpreadElement',
  'Super',
  'PrivateIdentifier',
]);

function parenthesized(node: Node, written: string): string {
  // Or it would take the name of the temporary that it is assigned to.
  if (node.type === 'ClassExpression' && !(node as Class).id) return `(0, ${written})`;
  return needsNoParentheses.has(node.type) ? written : `(${written})`;
}

function countLines(text: string): number {
  return text.split('\n').length;
}
