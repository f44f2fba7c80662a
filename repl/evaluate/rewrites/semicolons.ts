import type { Node } from 'acorn';
import { terminated } from '../writing/terminated.ts';
import type { Rewrite } from '../writing/writer.ts';

/** Statements without a semicolon get one, as what is written for the next may begin with a parenthesis. */
export const semicolons: Rewrite = {
  ReturnStatement(node, at, writer) {
    const returned = node.argument ? [node.argument] : [];
    const write = (argument: Node) => writer.write(argument, { ...at, purpose: 'return' });
    return terminated(writer.fill(node, returned, write));
  },
  ThrowStatement: (node, at, writer) => terminated(writer.copy(node, at)),
  BreakStatement: (node, at, writer) => terminated(writer.copy(node, at)),
  ContinueStatement: (node, at, writer) => terminated(writer.copy(node, at)),
  DebuggerStatement: (node, at, writer) => terminated(writer.copy(node, at)),
};
