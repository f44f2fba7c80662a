import type { Kind } from './kinds.ts';
import type { PyNode } from './tree.ts';
import type { Writer } from './writer.ts';

/** A function that is being written: the names to declare, and what it returns. */
export interface WrittenFunction {
  readonly undeclared: Set<string>;
  readonly returns: Kind[];
}

/** What the parts of a translation of statements need of each other. */
export interface StatementWriter extends Writer {
  /** What is to be said beside the translation of a statement. */
  readonly notes: string[];
  within: WrittenFunction | undefined;
  /** The names whose values are used after the statement. */
  later: ReadonlySet<string>;
  /** Whether `return`, `break` and `continue` would leave a function of ours. */
  isNested: boolean;
  /** The lines of a block, indented. @throws Refusal */
  readonly block: (body: PyNode) => string;
  /** @returns its lines, none for what has nothing to do here. @throws Refusal */
  readonly statement: (node: PyNode, later: ReadonlySet<string>) => string[];
}
