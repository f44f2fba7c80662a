import { madeUp } from '../writing/compiled-names.ts';
import type { Rewrite } from '../writing/writer.ts';

/** In an arrow function that is a coroutine, `this`, `arguments` and `new.target` are those of the function around it. */
export const surroundings: Rewrite = {
  ThisExpression: (_, at) => (at.isCaptured ? `${madeUp}self()` : undefined),
  Identifier: (node, at) =>
    node.name === 'arguments' && at.isCaptured && at.names.has('arguments') && !at.declaresArguments
      ? `${madeUp}arguments`
      : undefined,
  MetaProperty: (node, at) =>
    node.meta.name === 'new' && (at.isCaptured || at.waiting === 'pause') ? `${madeUp}target` : undefined,
};
