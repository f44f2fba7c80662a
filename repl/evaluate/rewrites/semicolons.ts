import type { Node } from 'acorn';
import { startsPromise } from '../writing/named-value.ts';
import { terminated } from '../writing/terminated.ts';
import type { Rewrite } from '../writing/writer.ts';

/** Statements without a semicolon get one, as what is written for the next may begin with a parenthesis. */
export const semicolons: Rewrite = {
  ReturnStatement(node, at, writer) {
    const returned = node.argument ? [node.argument] : [];
    // A promise is returned as it is: what goes wrong with it later is not caught here.
    const write = (argument: Node) =>
      startsPromise(argument, at, writer) && !at.isGenerator
        ? writer.promise(argument, at)
        : writer.write(argument, { ...at, purpose: 'return' });
    return terminated(writer.fill(node, returned, write));
  },
  ThrowStatement: (node, at, writer) => terminated(writer.copy(node, at)),
  BreakStatement: (node, at, writer) => terminated(writer.copy(node, at)),
  ContinueStatement: (node, at, writer) => terminated(writer.copy(node, at)),
  DebuggerStatement: (node, at, writer) => terminated(writer.copy(node, at)),
};
