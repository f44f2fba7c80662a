import type { AnyNode, Node } from 'acorn';
import { type Position, settled } from './position.ts';
import type { Writer } from './writer.ts';
import { temporary } from './awaited.ts';
import { writeMember, writeTargetObject } from './members.ts';
import { writeNamedValue } from './named-value.ts';

/** Writes what is assigned to: names and members as they are; only default values and computed keys are rewritten. */
export function writeTarget(pattern: Node, at: Position, writer: Writer): string {
  const target = pattern as AnyNode;
  const inner = (node: Node) => writeTarget(node, at, writer);
  switch (target.type) {
    case 'MemberExpression': {
      if (target.object.type === 'Super') return writeMember(target, 'super', at, writer);
      const object = writer.used(target.object, at);
      // A computed key is computed once, and after the object.
      const key = target.computed ? temporary(at) : undefined;
      if (key === undefined)
        return writeMember(target, writeTargetObject(target, object, at, writer), at, writer);
      const base = temporary(at);
      const captured = `(${base} = ${object}, ${key} = ${writer.shown(target.property, at)}, ${base})`;
      return writeMember(target, writeTargetObject(target, captured, at, writer, key), at, writer, key);
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
