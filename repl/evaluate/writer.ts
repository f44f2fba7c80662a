import type { AnyNode, Node } from 'acorn';
import { childrenOf } from '../syntax/walk.ts';
import type { Names } from '../syntax/names.ts';

type NodeOf<T extends AnyNode['type']> = Extract<AnyNode, { type: T }>;

/**
 * One rewrite: for some types of node, the JavaScript that stands for them, or undefined where it is not concerned.
 */
export type Rewrite = {
  readonly [T in AnyNode['type']]?: (node: NodeOf<T>, at: Position, writer: Writer) => string | undefined;
};

/** Where a node stands. */
export interface Position {
  /** Whether an await may be written here: the prompt's top level, its blocks, and async functions. */
  readonly awaitable: boolean;
  /** Whether a declaration here belongs to the prompt and outlives the line. */
  readonly level: 'prompt' | 'prompt block' | 'function';
  /** Names declared by the typed code itself around this place. */
  readonly names: Names;
  /** Temporaries of the function around this place; whoever writes the function declares them. */
  readonly temporaries: Set<string>;
  /** Whether the value is wanted as it comes, promise or not: the object of `.then`, an element of `Promise.all`. */
  readonly raw: boolean;
}

/** Stands for the beginning of every name that the compiler makes up, until one is found that was not typed. */
export const mark = '\uFDD0';

/** The name under which compiled code finds the runtime, and the one of the prompt's scope. */
export const runtime = `${mark}ms`;
export const scope = `${mark}s`;

/** Writes JavaScript for a tree: what no pass rewrites is copied from the source, so lines stay where they were. */
export class Writer {
  readonly source: string;
  readonly #passes: readonly Rewrite[];

  constructor(source: string, passes: readonly Rewrite[]) {
    this.source = source;
    this.#passes = passes;
  }

  /** @returns JavaScript for the node, as many lines long as the node was */
  write(node: Node, at: Position): string {
    for (const pass of this.#passes) {
      const rewrite = pass[node.type as AnyNode['type']] as
        | ((node: Node, at: Position, writer: Writer) => string | undefined)
        | undefined;
      const written = rewrite?.(node, at, this);
      if (written !== undefined) return this.#onItsLines(node, written);
    }
    return this.copy(node, at);
  }

  /** Like `write`, in parentheses where the node could not stand as an argument or operand without them. */
  operand(node: Node, at: Position): string {
    const written = this.write(node, { ...at, raw: false });
    return simple.has(node.type) ? written : `(${written})`;
  }

  /** Like `operand`, without waiting for the outermost value. */
  raw(node: Node, at: Position): string {
    const written = this.write(node, { ...at, raw: true });
    return simple.has(node.type) ? written : `(${written})`;
  }

  /** The node as it was typed, with its children written. */
  copy(node: Node, at: Position): string {
    return this.fill(node, childrenOf(node), child => this.write(child, { ...at, raw: false }));
  }

  /** The node as it was typed, with the given descendants of it replaced; they do not overlap. */
  fill(node: Node, holes: readonly Node[], write: (hole: Node) => string): string {
    let written = '';
    let from = node.start;
    for (const hole of holes.toSorted((a, b) => a.start - b.start)) {
      written += this.source.slice(from, hole.start) + write(hole);
      from = hole.end;
    }
    return written + this.source.slice(from, node.end);
  }

  text(node: Node): string {
    return this.source.slice(node.start, node.end);
  }

  #onItsLines(node: Node, written: string): string {
    const missing = lines(this.text(node)) - lines(written);
    return missing > 0 ? written + '\n'.repeat(missing) : written;
  }
}

/** Waits for a promise where that is possible, before the expression goes on. */
export function awaited(code: string, at: Position): string {
  if (!at.awaitable || at.raw) return code;
  const value = `${mark}t`;
  at.temporaries.add(value);
  return `(${value} = ${code}, ${runtime}.pending(${value}) ? ${runtime}.resume(await ${value}) : ${value})`;
}

/** A temporary that no other expression of the function uses. */
export function temporary(at: Position): string {
  const name = `${mark}t${at.temporaries.size}`;
  at.temporaries.add(name);
  return name;
}

/** A statement with its semicolon, typed or not: what follows it may begin with a parenthesis. */
export function terminated(code: string): string {
  return `${unterminated(code)};`;
}

export function unterminated(code: string): string {
  return code.replace(/;(\s*)$/, '$1');
}

const simple = new Set([
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

function lines(text: string): number {
  return text.split('\n').length;
}
