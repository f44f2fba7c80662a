import type { AnyNode, CallExpression, MemberExpression, Node } from 'acorn';
import { childrenOf } from '../../syntax/walk.ts';
import { type Position, settled } from './position.ts';

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
 * The start of every name that the compiler makes up. It stands for one that was not typed, which is only chosen when
 * everything is written.
 */
export const madeUp = '\uFDD0';

/** What compiled code calls the runtime and the prompt's scope. */
export const runtime = `${madeUp}ms`;
export const scope = `${madeUp}s`;

/**
 * Writes JavaScript for a tree. What no rewrite replaces is copied from the source, and everything stays on its line.
 *
 * Not magic-string, which edits a text in place: a rewrite nests what its children became, often more than once.
 */
export class Writer {
  readonly source: string;
  readonly #rewrites: readonly Rewrite[];

  constructor(source: string, rewrites: readonly Rewrite[]) {
    this.source = source;
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

  /** Like {@link operand}, without waiting for the value of the node itself. */
  promise(node: Node, at: Position): string {
    return parenthesized(node, this.write(node, { ...at, wantsPromise: true }));
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

  text(node: Node): string {
    return this.source.slice(node.start, node.end);
  }

  #onItsLines(node: Node, written: string): string {
    const missing = countLines(this.text(node)) - countLines(written);
    return missing > 0 ? written + '\n'.repeat(missing) : written;
  }
}

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
  return needsNoParentheses.has(node.type) ? written : `(${written})`;
}

function countLines(text: string): number {
  return text.split('\n').length;
}
