import type { AnyNode } from 'acorn';
import { awaited } from '../writing/awaited.ts';
import { writeFunctionCallee, writeMethod } from '../writing/callees.ts';
import { isPlainMember } from '../writing/members.ts';
import { settled } from '../writing/position.ts';
import { type Rewrite, runtime } from '../writing/writer.ts';

/** What a template shows is refreshed first if it has expired: `toString` cannot wait. */
export const templates: Rewrite = {
  TemplateLiteral: (node, at, writer) =>
    writer.fill(node, node.expressions, hole => {
      const value = writer.operand(hole, at);
      return (hole as AnyNode).type === 'Literal'
        ? value
        : awaited(`${runtime}.refreshed(${value})`, settled(at));
    }),
  TaggedTemplateExpression(node, at, writer) {
    const { tag, quasi } = node;
    const callee =
      tag.type === 'MemberExpression' && isPlainMember(tag)
        ? writeMethod(tag, writer.operand(tag.object, at), false, at, writer)
        : writeFunctionCallee(tag, at, writer);
    const template = writer.fill(quasi, quasi.expressions, hole => writer.operand(hole, at));
    return awaited(`(${callee})${template}`, at);
  },
};
