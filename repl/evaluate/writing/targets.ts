import type { AnyNode, Node } from 'acorn';
import { type Position, settled } from './position.ts';
import type { Writer } from './writer.ts';
import { writeMember } from './members.ts';
import { writeNamedValue } from './named-value.ts';

/** Writes what is assigned to: names and members as they are; only default values and computed keys are rewritten. */
export function writeTarget(pattern: Node, at: Position, writer: Writer): string {
  const target = pattern as AnyNode;
  const inner = (node: Node) => writeTarget(node, at, writer);
  switch (target.type) {
    case 'MemberExpression': {
      const object = target.object.type === 'Super' ? 'super' : writer.used(target.object, at);
      return writeMember(target, object, at, writer);
    }
    case 'ObjectPattern':
      return writer.fill(target, target.properties, inner);
    case 'ArrayPattern':
      return writer.fill(
        target,
        target.elements.filter(element => element !== null),
        inner,
      );
    case 'Property':
      if (target.shorthand) return `${writer.text(target.key)}: ${inner(target.value)}`;
      return writer.fill(target, [target.key, target.value], hole => {
        if (hole === target.value) return inner(hole);
        return target.computed ? writer.write(hole, at) : writer.text(hole);
      });
    case 'RestElement':
      return `...${inner(target.argument)}`;
    case 'AssignmentPattern':
      return `${inner(target.left)} = ${writeDefault(target.left, target.right, at, writer)}`;
    default:
      return writer.write(target, at);
  }
}

/** Writes the default value of a target. */
export function writeDefault(target: Node, value: Node, at: Position, writer: Writer): string {
  const { type, name } = target as { type: string; name?: string };
  return type === 'Identifier' && name !== undefined
    ? writeNamedValue(name, value, at, writer)
    : writer.operand(value, settled(at));
}
