import { iterableName } from '../../syntax/call-site-name.ts';
import { writeIterable } from '../writing/iterable.ts';
import { awaited } from '../writing/awaited.ts';
import { runtimeAt } from '../writing/compiled-names.ts';
import { used } from '../writing/position.ts';
import type { Rewrite } from '../writing/writer.ts';

/** What is spread, or delegated to by `yield*`, is loaded first. */
export const spreads: Rewrite = {
  SpreadElement: (node, at, writer) =>
    `...${writeIterable(writer.used(node.argument, at), node.argument, node.argument, at, writer)}`,
  YieldExpression(node, at, writer) {
    const runtime = runtimeAt(at);
    if (at.waiting === 'await' || !node.argument || !at.isGenerator) {
      return at.isGenerator && !node.argument ? `yield ${runtime}.item(undefined)` : undefined;
    }
    const value = writer.operand(node.argument, at);
    return node.delegate
      ? `yield ${awaited(`${runtime}.delegate(${value}, ${iterableName(node.argument)})`, used(at), writer.label(node.argument))}`
      : `yield ${runtime}.item(${value})`;
  },
};
