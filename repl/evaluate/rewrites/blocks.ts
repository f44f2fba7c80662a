import type { SwitchCase } from 'acorn';
import { boundNames, lexicalNames } from '../../syntax/names.ts';
import { writeRegistrations } from '../writing/registrations.ts';
import { madeUp } from '../writing/compiled-names.ts';
import { asDeclarators, destructure } from '../writing/destructure.ts';
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
  CatchClause(node, at, writer) {
    const { param, body } = node;
    const inside = inBlock(at, param ? boundNames(param) : []);
    if (!param || param.type === 'Identifier') return writer.copy(node, inside);
    const thrown = `${madeUp}thrown`;
    const taken = asDeclarators(destructure(param, thrown, inside, writer, 'thrown')).join(', ');
    const lineBreaks = (text: string) => text.split('\n').length - 1;
    const missing = lineBreaks(writer.source.slice(node.start, body.start)) - lineBreaks(taken);
    return `catch (${thrown}) { let ${taken};${'\n'.repeat(Math.max(missing, 0))} ${writer.write(body, inside)} }`;
  },
};

function writeCase(node: SwitchCase, at: Position, writer: Writer, registrations: string): string {
  const { test, consequent } = node;
  const [first] = consequent;
  return writer.fill(node, [...(test ? [test] : []), ...consequent], hole => {
    if (hole === test) return writer.used(hole, at);
    return `${hole === first ? registrations : ''}${writer.write(hole, at)}`;
  });
}
