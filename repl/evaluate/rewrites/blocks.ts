import { boundNames, lexicalNames } from '../../syntax/names.ts';
import { inBlock } from '../writing/position.ts';
import type { Rewrite } from '../writing/writer.ts';

/** The names that a block, a switch or a catch clause declares are not the prompt's. */
export const blocks: Rewrite = {
  BlockStatement: (node, at, writer) => writer.copy(node, inBlock(at, lexicalNames(node.body))),
  SwitchStatement(node, at, writer) {
    const names = lexicalNames(node.cases.flatMap(each => each.consequent));
    return writer.fill(node, [node.discriminant, ...node.cases], hole =>
      writer.write(hole, hole === node.discriminant ? at : inBlock(at, names)),
    );
  },
  CatchClause: (node, at, writer) => writer.copy(node, inBlock(at, node.param ? boundNames(node.param) : [])),
};
