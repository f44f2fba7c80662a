import type { AssignmentExpression, UpdateExpression } from 'acorn';
import { temporary, usable } from '../writing/awaited.ts';
import { asSequence, destructure } from '../writing/destructure.ts';
import { captureReference } from '../writing/members.ts';
import { writePromise, writeNamedValue } from '../writing/named-value.ts';
import { writeTarget } from '../writing/targets.ts';
import { type Position, settled } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/**
 * What is assigned to is never read, unless the operator reads it (`+=`, `++`): that is a read like any other, which
 * loads and waits.
 */
export const assignments: Rewrite = {
  AssignmentExpression: (node, at, writer) => writeAssignment(node, settled(at), writer),
  UpdateExpression: (node, at, writer) => writeUpdate(node, settled(at), writer),
};

function writeAssignment(node: AssignmentExpression, at: Position, writer: Writer): string {
  const { left, operator, right } = node;
  const writeValue = () =>
    (operator === '=' || isLogical(operator) ? writePromise(right, at, writer) : undefined) ??
    writer.operand(right, at);
  if (left.type === 'Identifier') {
    // Outside of strict mode JavaScript ignores it.
    if (operator === '=' && !at.isStrict && at.ownNames.has(left.name)) return `(${writeValue()})`;
    // `(f) = () => 1` gives the function no name.
    const isInParentheses = left.start > node.start;
    const value = isInParentheses ? writeValue() : writeNamedValue(left.name, right, at, writer);
    if (operator === '=') return `${writer.write(left, at)} = ${value}`;
    const given = isLogical(operator) ? writer.used(left, at) : writer.number(left, at);
    return writeCompound(writer.write(left, at), given, operator, () =>
      isLogical(operator) ? value : writer.shown(right, at),
    );
  }
  if (left.type !== 'MemberExpression') {
    const value = temporary(at);
    const given = writeValue();
    return `(${value} = ${given}, ${asSequence(destructure(left, value, at, writer, right))}, ${value})`;
  }
  if (operator === '=') return `${writeTarget(left, at, writer)} = ${writeValue()}`;
  const { before, target, read } = captureReference(left, at, writer);
  const assignment = writeCompound(target, read, operator, () =>
    isLogical(operator) ? writeValue() : writer.shown(right, at),
  );
  return `(${[...before, assignment].join(', ')})`;
}

function writeCompound(target: string, read: string, operator: string, writeValue: () => string): string {
  const binary = operator.slice(0, -1);
  return isLogical(operator)
    ? `(${read} ${binary} (${target} = ${writeValue()}))`
    : `(${target} = ${read} ${binary} (${writeValue()}))`;
}

function isLogical(operator: string): boolean {
  return /^(&&|\|\||\?\?)=$/.test(operator);
}

function writeUpdate({ argument, operator, prefix }: UpdateExpression, at: Position, writer: Writer): string {
  if (argument.type !== 'MemberExpression') {
    const target = writer.write(argument, at);
    const update = prefix ? `${operator}${target}` : `${target}${operator}`;
    // A promise would become NaN.
    return `(${target} = ${usable(target, at, writer.label(argument))}, ${update})`;
  }
  const { before, target, read } = captureReference(argument, at, writer);
  const value = temporary(at);
  if (prefix) return `(${[...before, `${value} = ${read}`, `${target} = ${operator}${value}`].join(', ')})`;
  const old = temporary(at);
  const parts = [
    ...before,
    `${value} = ${read}`,
    `${old} = ${value}${operator}`,
    `${target} = ${value}`,
    old,
  ];
  return `(${parts.join(', ')})`;
}
