import type { VariableDeclaration } from 'acorn';
import { Names } from '../../syntax/names.ts';

/** Where a node is in the typed code, and what that allows. */
export interface Position {
  /** Whether an await can be written here: at the prompt's top level, in its blocks and in async functions. */
  readonly canAwait: boolean;
  /** Whether the code around takes a promise as it is: the object of `.then`, an element of `Promise.all`. */
  readonly wantsPromise: boolean;
  /** Whether a declaration here belongs to the prompt and outlives the line. */
  readonly level: 'prompt' | 'prompt block' | 'function';
  /** The names that the typed code itself declares around this node. */
  readonly names: Names;
  /** The temporaries of the function around this node; whatever writes that function declares them. */
  readonly temporaries: Set<string>;
}

/** @param names the names that end with the line, those of `using` */
export function atPrompt(names: readonly string[]): Position {
  return {
    canAwait: true,
    wantsPromise: false,
    level: 'prompt',
    names: new Names(names),
    temporaries: new Set(),
  };
}

/** Inside a block that declares names. */
export function inBlock(at: Position, names: readonly string[]): Position {
  const level = at.level === 'prompt' ? 'prompt block' : at.level;
  return { ...at, level, wantsPromise: false, names: new Names(names, at.names) };
}

/** Inside a function that declares names; it has its own temporaries. */
export function inFunction(at: Position, names: readonly string[], canAwait: boolean): Position {
  return {
    canAwait,
    wantsPromise: false,
    level: 'function',
    names: new Names(names, at.names),
    temporaries: new Set(),
  };
}

/** The same position for a part whose value is waited for. */
export function settled(at: Position): Position {
  return at.wantsPromise ? { ...at, wantsPromise: false } : at;
}

/** Whether a declaration outlives the line: any at the top level, and a `var` in a block there. */
export function belongsToPrompt({ kind }: VariableDeclaration, at: Position): boolean {
  return at.level === 'prompt' ? !kind.includes('using') : at.level === 'prompt block' && kind === 'var';
}
