import { boundNames, lexicalNames } from '../../syntax/names.ts';
import { writeRegistrations } from '../writing/functions.ts';
import { inBlock } from '../writing/position.ts';
import type { Rewrite } from '../writing/writer.ts';

/** The names that a block, a switch or a catch clause declares are not the prompt's. */
export const blocks: Rewrite = {
  BlockStatement(node, at, writer) {
    const written = writer.copy(node, inBlock(at, lexicalNames(node.body)));
    return written.replace('{', () => `{ ${writeRegistrations(node.body, writer)}`);
  },
  SwitchCase(node, at, writer) {
    const registrations = writeRegistrations(node.consequent, writer);
    const [first] = node.consequent;
    return writer.fill(node, [...(node.test ? [node.test] : []), ...node.consequent], hole => {
      if (hole === node.test) return writer.used(hole, at);
      return `${hole === first ? registrations : ''}${writer.write(hole, at)}`;
    });
  },
  SwitchStatement(node, at, writer) {
    const names = lexicalNames(node.cases.flatMap(each => each.consequent));
    return writer.fill(node, [node.discriminant, ...node.cases], hole =>
      hole === node.discriminant ? writer.used(hole, at) : writer.write(hole, inBlock(at, names)),
    );
  },
  CatchClause: (node, at, writer) => writer.copy(node, inBlock(at, node.param ? boundNames(node.param) : [])),
};
