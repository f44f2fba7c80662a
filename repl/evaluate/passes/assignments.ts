import type { AnyNode, AssignmentExpression, MemberExpression, Node, Pattern, UpdateExpression } from 'acorn';
import { runtime, scope, settled, temporary, type Pass, type Place, type Writer } from '../writer.ts';

/**
 * Names and what is assigned to them. A name that the typed code does not declare itself is the prompt's; a target is
 * never read, except where the operator reads it (`+=`, `++`), and then it is made ready first.
 *
 * @param isShared whether a name belongs to JavaScript's own globals and not to the prompt
 * @param isConstant whether a name was given to the prompt by `const`
 */
export function assignments(
  isShared: (name: string) => boolean,
  isConstant: (name: string) => boolean,
): Pass {
  const assigns = (pattern: Pattern, at: Place): string | undefined => {
    if (pattern.type !== 'Identifier' || at.names.has(pattern.name) || !isConstant(pattern.name))
      return undefined;
    return `${runtime}.constant(${JSON.stringify(pattern.name)})`;
  };
  return {
    Identifier: (node, at) =>
      at.names.has(node.name) || isShared(node.name) ? node.name : `${scope}.${node.name}`,
    Property(node, at, writer) {
      if (!node.shorthand) return undefined;
      return `${writer.text(node.key)}: ${writer.write(node.value, at)}`;
    },
    AssignmentExpression: (node, at, writer) => assigns(node.left, at) ?? writeAssignment(node, at, writer),
    UpdateExpression: (node, at, writer) =>
      assigns(node.argument as Pattern, at) ?? writeUpdate(node, at, writer),
    UnaryExpression(node, at) {
      const { argument } = node;
      if (argument.type !== 'Identifier' || at.names.has(argument.name) || isShared(argument.name))
        return undefined;
      if (node.operator === 'typeof') return `typeof ${runtime}.peek(${JSON.stringify(argument.name)})`;
      return node.operator === 'delete' ? `delete ${scope}.${argument.name}` : undefined;
    },
  };

  function writeAssignment(node: AssignmentExpression, at: Place, writer: Writer): string {
    const { left, operator, right } = node;
    if (left.type === 'Identifier')
      return `${writer.write(left, at)} ${operator} ${writeNamed(left.name, right, at, writer)}`;
    if (left.type !== 'MemberExpression')
      return `${writeTarget(left, at, writer)} = ${writeOpened(left, right, at, writer)}`;
    const target = operator === '=' ? writeTarget(left, at, writer) : writeReadyTarget(left, at, writer);
    return `${target} ${operator} ${writer.operand(right, at)}`;
  }

  function writeUpdate(node: UpdateExpression, at: Place, writer: Writer): string {
    const target =
      node.argument.type === 'MemberExpression'
        ? writeReadyTarget(node.argument, at, writer)
        : writer.write(node.argument, at);
    return node.prefix ? `${node.operator}${target}` : `${target}${node.operator}`;
  }
}

/** Writes a pattern to assign to: names and members as they are, only default values and keys computed. */
export function writeTarget(pattern: Node, at: Place, writer: Writer): string {
  const target = pattern as AnyNode;
  const inner = (node: Node) => writeTarget(node, at, writer);
  switch (target.type) {
    case 'MemberExpression':
      return writeMember(target, writer.operand(target.object, at), at, writer);
    case 'ObjectPattern':
    case 'ArrayPattern': {
      const parts: readonly (Node | null)[] =
        target.type === 'ObjectPattern' ? target.properties : target.elements;
      return writer.fill(
        target,
        parts.filter(part => part !== null),
        inner,
      );
    }
    case 'Property':
      if (target.shorthand) return `${writer.text(target.key)}: ${inner(target.value)}`;
      return writer.fill(target, [target.key, target.value], hole => {
        if (hole === target.value) return inner(hole);
        return target.computed ? writer.write(hole, at) : writer.text(hole);
      });
    case 'RestElement':
      return `...${inner(target.argument)}`;
    case 'AssignmentPattern':
      return `${inner(target.left)} = ${writer.operand(target.right, at)}`;
    default:
      return writer.write(target, at);
  }
}

/** A value about to be named: a function or class without a name takes it, as it would from `const`. */
export function writeNamed(name: string, value: Node, at: Place, writer: Writer): string {
  const written = writer.operand(value, at);
  return isAnonymous(value as AnyNode)
    ? `({ ${JSON.stringify(name)}: ${written} })[${JSON.stringify(name)}]`
    : written;
}

function isAnonymous(node: AnyNode): boolean {
  if (node.type === 'ArrowFunctionExpression') return true;
  return (node.type === 'FunctionExpression' || node.type === 'ClassExpression') && !node.id;
}

/** A value about to be taken apart: what the pattern looks at is loaded first. */
export function writeOpened(pattern: Pattern, value: Node, at: Place, writer: Writer): string {
  const written = writer.operand(value, at);
  const keys = pattern.type === 'ObjectPattern' ? keysOf(pattern) : [];
  if (keys.length === 0) return written;
  return settled(`${runtime}.${at.awaitable ? 'open' : 'openSync'}(${written}, ${JSON.stringify(keys)})`, at);
}

/** The keys that an object pattern reads, with those read inside of each. */
export type Keys = readonly (readonly [key: string, inside: Keys])[];

export function keysOf(pattern: AnyNode): Keys {
  if (pattern.type === 'AssignmentPattern') return keysOf(pattern.left);
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap(property => {
    if (property.type === 'RestElement' || property.computed || property.key.type !== 'Identifier') return [];
    return [[property.key.name, keysOf(property.value)] as const];
  });
}

function writeReadyTarget(member: MemberExpression, at: Place, writer: Writer): string {
  if (member.property.type === 'PrivateIdentifier' || member.object.type === 'Super')
    return writeTarget(member, at, writer);
  const object = writer.operand(member.object, at);
  const ready = at.awaitable ? 'ready' : 'readySync';
  if (!member.computed)
    return `${settled(`${runtime}.${ready}(${object}, ${JSON.stringify(writer.text(member.property))})`, at)}.${writer.text(member.property)}`;
  const key = temporary(at);
  return `${settled(`${runtime}.${ready}(${object}, ${key} = ${writer.operand(member.property, at)})`, at)}[${key}]`;
}

function writeMember(member: MemberExpression, object: string, at: Place, writer: Writer): string {
  return member.computed
    ? `${object}[${writer.write(member.property, at)}]`
    : `${object}.${writer.text(member.property)}`;
}
