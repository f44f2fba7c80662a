import type { Code } from './code.ts';
import type { Condition } from './condition.ts';
import type { Helper } from './members.ts';
import type { Names } from './names.ts';
import type { PyNode } from './tree.ts';

/** What the parts of a translation need of each other. */
export interface Writer {
  readonly names: Names;
  /** @throws Refusal */
  readonly expression: (node: PyNode) => Code;
  /** Tells that a helper must be there before the statement. */
  readonly need: (helper: Helper) => void;
  /** An expression that is asked whether it is true. @throws Refusal */
  readonly truth: (node: PyNode) => Code;
  /** An expression of which a member is read. @throws Refusal */
  readonly object: (node: PyNode) => Code;
  /** A condition on columns; undefined for an expression that is none. @throws Refusal */
  readonly condition: (node: PyNode) => Condition | undefined;
  /** The arguments of a call. */
  readonly arguments: (call: PyNode) => Arguments;
  /** A lambda, or a function that is named, with what it is given. @throws Refusal */
  readonly callback: (node: PyNode, parameters: readonly Code['kind'][]) => Code;
}

export interface Arguments {
  readonly positional: readonly PyNode[];
  readonly keywords: ReadonlyMap<string, PyNode>;
}
