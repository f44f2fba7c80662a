import type { VariableDeclaration } from 'acorn';
import { Names } from '../../syntax/names.ts';
import { Temporaries } from './temporaries.ts';

/** Where a node is in the typed code, and what that allows. */
export interface Position {
  /**
   * How the code around waits: with `await`, at the prompt and in async functions; by pausing, in an ordinary function,
   * which is a coroutine and can wait if its caller can; or never, in constructors, accessors and class fields.
   */
  readonly waiting: 'await' | 'pause' | 'never';
  /**
   * What the code around does with the value. `keep` passes it on, after waiting for it where that is possible; `return`
   * as well, and returns a promise where it is not; `use` cannot do anything with a promise; `show` looks inside as well, as `${user}` does, and `copy`, as `{ ...user }`, and
   * `number`, as `user - 1`; `item` is as
   * `use`, but for a promise that typed code keeps, which may be an item of a list; `promise` takes one as it is: the
   * object of `.then`, an element of what `Promise.all` is given; and `promises` a list of them, as `Promise.all` does.
   */
  readonly purpose: 'keep' | 'return' | 'use' | 'show' | 'copy' | 'number' | 'item' | 'promise' | 'promises';
  /** The name that an anonymous function here takes from what it is assigned to, as JavaScript. */
  readonly name: string;
  /** The labels before the loop that is written here, each with its colon. */
  readonly labels: string;
  /**
   * Whether a declaration here belongs to the prompt and outlives the line, or to a function; in a `body`, variables are
   * declared before it, apart from the parameters.
   */
  readonly level: 'prompt' | 'prompt block' | 'function' | 'body';
  /** The functions that blocks give to what is around them, where that is not left to JavaScript. */
  readonly hoisted: Hoisted;
  readonly isStrict: boolean;
  /** The names that the typed code itself declares around this node. */
  readonly names: Names;
  /** Those of the function around this node. */
  readonly temporaries: Temporaries;
  /** Whether an arrow function around this node is a coroutine, which has a `this` and `arguments` of its own. */
  readonly isCaptured: boolean;
  /** Whether `arguments` is a name that the typed code declares, as it may outside of strict mode. */
  readonly declaresArguments: boolean;
  /** Whether `yield` gives an item, as in a generator that was typed. */
  readonly isGenerator: boolean;
  /** The names of the function expressions around this node, which cannot be assigned to. */
  readonly ownNames: ReadonlySet<string>;
  /** The private methods of the classes around this node that can wait, by name: what the runtime is told about each. */
  readonly privateMethods: ReadonlyMap<string, string>;
  /** What the code of a comparison knows without a look at each object, as an expression: that the items are plain. */
  readonly arePlain?: { readonly names: readonly string[]; readonly known: string } | undefined;
}

/** The names of functions: those that are given by the block here, and by those inside it. */
interface Hoisted {
  readonly here: readonly string[];
  readonly below: readonly string[];
}

const noneHoisted: Hoisted = { here: [], below: [] };

/**
 * @param names the names that end with the line, those of `using`
 * @param hoisted the functions that blocks give to the prompt
 */
export function atPrompt(names: readonly string[], hoisted: readonly string[] = []): Position {
  return {
    waiting: 'await',
    purpose: 'keep',
    name: '""',
    labels: '',
    level: 'prompt',
    hoisted: { here: [], below: hoisted },
    isStrict: false,
    names: new Names(names),
    temporaries: new Temporaries(),
    isCaptured: false,
    declaresArguments: false,
    isGenerator: false,
    ownNames: new Set(),
    privateMethods: new Map(),
  };
}

/**
 * In code that is given to `eval`.
 *
 * @param names the names that end with it, and those around the call
 */
export function inEval(
  names: readonly string[],
  hoisted: readonly string[],
  waits: boolean,
  place: { readonly isCaptured: boolean; readonly isPrompt: boolean },
): Position {
  return {
    ...atPrompt(names, hoisted),
    waiting: waits ? 'await' : 'never',
    level: place.isPrompt ? 'prompt block' : 'function',
    isCaptured: place.isCaptured,
  };
}

/** Inside a block that declares names. */
export function inBlock(at: Position, names: readonly string[]): Position {
  const level = at.level === 'prompt' ? 'prompt block' : at.level;
  const ownNames =
    at.ownNames.size === 0 ? at.ownNames : new Set([...at.ownNames].filter(own => !names.includes(own)));
  const { below } = at.hoisted;
  const hoisted = { here: below, below: below.filter(name => !names.includes(name)) };
  const declaresArguments = at.declaresArguments || names.includes('arguments');
  return {
    ...at,
    level,
    hoisted,
    purpose: 'keep',
    names: new Names(names, at.names),
    ownNames,
    declaresArguments,
  };
}

/** Inside a function that declares names; it has its own temporaries. */
export function inFunction(
  at: Position,
  names: readonly string[],
  waiting: Position['waiting'],
  more: Partial<
    Pick<Position, 'isCaptured' | 'declaresArguments' | 'isGenerator' | 'isStrict' | 'ownNames'>
  > = {},
): Position {
  return {
    ...at,
    waiting,
    purpose: 'keep',
    name: '""',
    level: 'function',
    hoisted: noneHoisted,
    names: new Names(names, at.names),
    temporaries: new Temporaries(),
    isGenerator: false,
    ...more,
  };
}

/** The same position for a part whose value is passed on. */
export function settled(at: Position): Position {
  return at.purpose === 'keep' ? at : { ...at, purpose: 'keep' };
}

/** The same position for a part whose value is used. */
export function used(at: Position): Position {
  return at.purpose === 'use' ? at : { ...at, purpose: 'use' };
}

/** Whether code is in a function, and not the line's own. */
export function isInFunction({ level }: Position): boolean {
  return level === 'function' || level === 'body';
}

/**
 * For what is assigned only if something is there, or is not, as in `a ??= b`. In a function, a promise that typed code keeps
 * is there, as when code asks whether something is under way already.
 */
export function asked(at: Position): Position {
  return { ...at, purpose: isInFunction(at) ? 'item' : 'use' };
}

/**
 * Whether a declaration is written as an assignment: any at the top level, which outlives the line, a `var` in a block
 * there, and one that is declared before the body around it.
 */
export function isAssignment({ kind }: VariableDeclaration, at: Position): boolean {
  return at.level === 'prompt' ? !kind.includes('using') : at.level !== 'function' && kind === 'var';
}
