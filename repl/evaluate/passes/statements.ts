import type { Node } from 'acorn';
import { terminated, type Pass, type Place, type Writer } from '../writer.ts';

/** Statements that may end without a semicolon get one: what is written for the next may begin with a parenthesis. */
export const statements: Pass = {
  ReturnStatement: (node, at, writer) => withSemicolon(node, at, writer),
  ThrowStatement: (node, at, writer) => withSemicolon(node, at, writer),
  BreakStatement: (node, at, writer) => withSemicolon(node, at, writer),
  ContinueStatement: (node, at, writer) => withSemicolon(node, at, writer),
  DebuggerStatement: (node, at, writer) => withSemicolon(node, at, writer),
};

function withSemicolon(node: Node, at: Place, writer: Writer): string {
  return terminated(writer.copy(node, at));
}
