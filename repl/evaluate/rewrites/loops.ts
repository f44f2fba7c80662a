import type { AnyNode, DoWhileStatement, WhileStatement } from 'acorn';
import { inLoop, writeLoopBody } from '../writing/loops.ts';
import { writeTarget } from '../writing/targets.ts';
import { terminated, unterminated } from '../writing/terminated.ts';
import { isAssignment, type Position } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/** Every turn of a loop is a checkpoint, so that Ctrl-C can stop it. */
export const loops: Rewrite = {
  WhileStatement: (node, at, writer) => writeWhile(node, at, writer),
  DoWhileStatement: (node, at, writer) => terminated(writeWhile(node, at, writer)),
  ForStatement(node, at, writer) {
    const inside = inLoop(at, node.init);
    const parts = [node.init, node.test, node.update, node.body].filter(part => part != null);
    return writer.fill(node, parts, hole => {
      if (hole === node.body) return writeLoopBody(node.body, inside, writer);
      return hole === node.test ? writer.used(hole, inside) : unterminated(writer.write(hole, inside));
    });
  },
  ForInStatement(node, at, writer) {
    const inside = inLoop(at, node.left);
    return writer.fill(node, [node.left, node.right, node.body], hole => {
      if (hole === node.body) return writeLoopBody(node.body, inside, writer);
      return hole === node.left ? writeVariable(node.left, inside, writer) : writer.copied(hole, inside);
    });
  },
};

function writeWhile(node: WhileStatement | DoWhileStatement, at: Position, writer: Writer): string {
  return writer.fill(node, [node.test, node.body], hole =>
    hole === node.body ? writeLoopBody(node.body, at, writer) : writer.used(hole, at),
  );
}

/** The variable of `for … in`: one that the loop declares, or something of the prompt. */
function writeVariable(left: AnyNode, at: Position, writer: Writer): string {
  const [declarator] = left.type === 'VariableDeclaration' ? left.declarations : [];
  if (left.type !== 'VariableDeclaration' || !declarator) return writeTarget(left, at, writer);
  const target = writeTarget(declarator.id, at, writer);
  return isAssignment(left, at) ? target : `${left.kind} ${target}`;
}
