import { writeFunction } from '../writing/functions.ts';
import type { Rewrite } from '../writing/writer.ts';

/** Functions declare names, and only async ones can wait inside; parameters never can. */
export const functions: Rewrite = {
  FunctionDeclaration: (node, at, writer) => writeFunction(node, at, writer),
  FunctionExpression: (node, at, writer) => writeFunction(node, at, writer),
  ArrowFunctionExpression: (node, at, writer) => writeFunction(node, at, writer),
};
