import type { SpreadElement } from 'acorn';
import { awaited } from '../writing/awaited.ts';
import { writeIterable } from '../writing/iterable.ts';
import { settled } from '../writing/position.ts';
import { type Rewrite, runtime } from '../writing/writer.ts';

/** What is spread, or delegated to by `yield*`, is loaded first. */
export const spreads: Rewrite = {
  SpreadElement: (node, at, writer) =>
    `...${writeIterable(writer.operand(node.argument, at), node.argument, at)}`,
  ObjectExpression: (node, at, writer) =>
    writer.fill(node, node.properties, property => {
      if (property.type !== 'SpreadElement') return writer.write(property, settled(at));
      const { argument } = property as SpreadElement;
      return `...${awaited(`${runtime}.refreshed(${writer.operand(argument, at)})`, settled(at))}`;
    }),
  YieldExpression(node, at, writer) {
    if (!node.delegate || !node.argument || at.canAwait) return undefined;
    return `yield* ${writeIterable(writer.operand(node.argument, at), node.argument, at)}`;
  },
};
