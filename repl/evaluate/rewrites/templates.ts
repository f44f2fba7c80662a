import { callSiteName } from '../../syntax/call-site-name.ts';
import { awaited, temporary } from '../writing/awaited.ts';
import { isPlainMember, writeMethod } from '../writing/members.ts';
import { settled } from '../writing/position.ts';
import { runtimeAt } from '../writing/compiled-names.ts';
import type { Rewrite } from '../writing/writer.ts';

/** What a template shows is refreshed first if it has expired: `toString` cannot wait. */
export const templates: Rewrite = {
  TemplateLiteral: (node, at, writer) => writer.fill(node, node.expressions, hole => writer.shown(hole, at)),
  TaggedTemplateExpression(node, at, writer) {
    const { tag, quasi } = node;
    const inside = settled(at);
    const isMember = tag.type === 'MemberExpression' && isPlainMember(tag);
    const self = isMember ? temporary(inside) : 'undefined';
    const method = isMember
      ? `(${self} = ${writer.used(tag.object, inside)}, ${writeMethod(tag, self, inside, writer)})`
      : writer.used(tag, inside);
    const template = writer.fill(quasi, quasi.expressions, hole => writer.operand(hole, inside));
    const runtime = runtimeAt(at);
    return awaited(
      `${runtime}.invokeTag(${method}, ${self}, ${callSiteName(tag)})${template}`,
      at,
      writer.label(node),
    );
  },
};
