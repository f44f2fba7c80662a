import { runtime } from '../writing/compiled-names.ts';
import type { Rewrite } from '../writing/writer.ts';

/** An `await` that was typed is a checkpoint, like those that were not. */
export const awaits: Rewrite = {
  AwaitExpression: (node, at, writer) => `${runtime}.resume(await ${writer.promise(node.argument, at)})`,
};
