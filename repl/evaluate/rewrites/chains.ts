import { writeChain } from '../writing/chain.ts';
import type { Rewrite } from '../writing/writer.ts';

/**
 * A read may load from the database, and every value that is a promise is awaited before the expression goes on. In a
 * function that cannot wait, a read that would have to throws instead of giving undefined.
 */
export const chains: Rewrite = {
  MemberExpression: (node, at, writer) => writeChain(node, at, writer),
  CallExpression: (node, at, writer) => writeChain(node, at, writer),
  ChainExpression: (node, at, writer) => writeChain(node.expression, at, writer),
};
