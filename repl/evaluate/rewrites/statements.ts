import type { Node } from 'acorn';
import { terminated, type Rewrite, type Position, type Writer } from '../writer.ts';

/** Statements that may end without a semicolon get one: what is written for the next may begin with a parenthesis. */
export const statements: Rewrite = {
  ReturnStatement: (node, at, writer) => withSemicolon(node, at, writer),
  ThrowStatement: (node, at, writer) => withSemicolon(node, at, writer),
  BreakStatement: (node, at, writer) => withSemicolon(node, at, writer),
  ContinueStatement: (node, at, writer) => withSemicolon(node, at, writer),
  DebuggerStatement: (node, at, writer) => withSemicolon(node, at, writer),
};

function withSemicolon(node: Node, at: Position, writer: Writer): string {
  return terminated(writer.copy(node, at));
}
