import type { AssignmentExpression, UpdateExpression } from 'acorn';
import { runtime, scope, temporary, type Rewrite, type Position, type Writer } from '../writer.ts';
import { captureReference } from './members.ts';
import { sequence, destructure, writeNamed, writeTarget } from './patterns.ts';

/**
 * Names and what is assigned to them. A name that the typed code does not declare itself is the prompt's; a target is
 * never read, except where the operator reads it (`+=`, `++`): that is a read like any other, which loads and waits.
 *
 * @param isShared whether a name belongs to JavaScript's own globals and not to the prompt
 */
export function assignments(isShared: (name: string) => boolean): Rewrite {
  return {
    Identifier: (node, at) =>
      at.names.has(node.name) || isShared(node.name) ? node.name : `${scope}.${node.name}`,
    Property(node, at, writer) {
      if (!node.shorthand) return undefined;
      const key = writer.text(node.key);
      return `${key === '__proto__' ? '["__proto__"]' : key}: ${writer.write(node.value, at)}`;
    },
    AssignmentExpression: writeAssignment,
    UpdateExpression: writeUpdate,
    UnaryExpression(node, at) {
      const { argument } = node;
      if (argument.type !== 'Identifier' || at.names.has(argument.name) || isShared(argument.name))
        return undefined;
      if (node.operator === 'typeof') return `typeof ${runtime}.peek(${JSON.stringify(argument.name)})`;
      return node.operator === 'delete' ? `delete ${scope}.${argument.name}` : undefined;
    },
  };
}

function writeAssignment(node: AssignmentExpression, at: Position, writer: Writer): string {
  const { left, operator, right } = node;
  const inside = { ...at, raw: false };
  const value = () => writer.operand(right, inside);
  if (left.type === 'Identifier') {
    const named = left.start === node.start;
    return `${writer.write(left, inside)} ${operator} ${named ? writeNamed(left.name, right, inside, writer) : value()}`;
  }
  if (left.type !== 'MemberExpression') {
    const given = temporary(at);
    return `(${given} = ${value()}, ${sequence(destructure(left, given, at, writer, right))}, ${given})`;
  }
  if (operator === '=') return `${writeTarget(left, inside, writer)} = ${value()}`;
  const { before, target, read } = captureReference(left, at, writer);
  const binary = operator.slice(0, -1);
  const assigned = /^(&&|\|\||\?\?)$/.test(binary)
    ? `${read} ${binary} (${target} = ${value()})`
    : `${target} = ${read} ${binary} ${value()}`;
  return `(${[...before, assigned].join(', ')})`;
}

function writeUpdate({ argument, operator, prefix }: UpdateExpression, at: Position, writer: Writer): string {
  if (argument.type !== 'MemberExpression') {
    const target = writer.write(argument, { ...at, raw: false });
    return prefix ? `${operator}${target}` : `${target}${operator}`;
  }
  const { before, target, read } = captureReference(argument, at, writer);
  const value = temporary(at);
  if (prefix) return `(${[...before, `${value} = ${read}`, `${target} = ${operator}${value}`].join(', ')})`;
  const old = temporary(at);
  const steps = [
    ...before,
    `${value} = ${read}`,
    `${old} = ${value}${operator}`,
    `${target} = ${value}`,
    old,
  ];
  return `(${steps.join(', ')})`;
}
