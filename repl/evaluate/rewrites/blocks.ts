import type { SwitchCase } from 'acorn';
import { boundNames, lexicalNames } from '../../syntax/names.ts';
import { writeRegistrations } from '../writing/functions.ts';
import { inBlock, type Position } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/** The names that a block, a switch or a catch clause declares are not the prompt's. */
export const blocks: Rewrite = {
  BlockStatement(node, at, writer) {
    const inside = inBlock(at, lexicalNames(node.body));
    const written = writer.copy(node, inside);
    return written.replace('{', () => `{ ${writeRegistrations(node.body, inside, writer)}`);
  },
  SwitchStatement(node, at, writer) {
    const statements = node.cases.flatMap(each => each.consequent);
    const inside = inBlock(at, lexicalNames(statements));
    // Any case can be the first that runs.
    const registrations = writeRegistrations(statements, inside, writer);
    return writer.fill(node, [node.discriminant, ...node.cases], hole =>
      hole === node.discriminant
        ? writer.used(hole, at)
        : writeCase(hole as SwitchCase, inside, writer, registrations),
    );
  },
  CatchClause: (node, at, writer) => writer.copy(node, inBlock(at, node.param ? boundNames(node.param) : [])),
};

function writeCase(node: SwitchCase, at: Position, writer: Writer, registrations: string): string {
  const { test, consequent } = node;
  const [first] = consequent;
  return writer.fill(node, [...(test ? [test] : []), ...consequent], hole => {
    if (hole === test) return writer.used(hole, at);
    return `${hole === first ? registrations : ''}${writer.write(hole, at)}`;
  });
}
