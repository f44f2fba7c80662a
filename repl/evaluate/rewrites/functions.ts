import { writeFunction, writeFunctionDeclaration } from '../writing/functions.ts';
import type { Rewrite } from '../writing/writer.ts';

/** An ordinary function becomes a coroutine, which pauses where there is something to wait for. */
export const functions: Rewrite = {
  FunctionDeclaration: (node, at, writer) => writeFunctionDeclaration(node, at, writer),
  FunctionExpression: (node, at, writer) => writeFunction(node, at, writer, at.name),
  ArrowFunctionExpression: (node, at, writer) => writeFunction(node, at, writer, at.name),
};
