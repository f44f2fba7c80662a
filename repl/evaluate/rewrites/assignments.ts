import type { AssignmentExpression, Identifier, UpdateExpression } from 'acorn';
import { temporary } from '../writing/awaited.ts';
import { asSequence, destructure } from '../writing/destructure.ts';
import { captureReference } from '../writing/members.ts';
import { writePromise, writeNamedValue } from '../writing/named-value.ts';
import { writeTarget } from '../writing/targets.ts';
import { asked, type Position, settled } from '../writing/position.ts';
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
    // `(f) = () => 1` gives the function no name.
    const isInParentheses = left.start > node.start;
    const value = isInParentheses ? writeValue() : writeNamedValue(left.name, right, at, writer);
    const target = writeName(left, at, writer);
    if (operator === '=') return `${target} = ${value}`;
    const given = isLogical(operator) ? writer.asked(left, at) : writer.number(left, at);
    return writeCompound(target, given, operator, () =>
      isLogical(operator) ? value : writer.shown(right, at),
    );
  }
  if (left.type !== 'MemberExpression') {
    const value = temporary(at);
    const given = writeValue();
    return `(${value} = ${given}, ${asSequence(destructure(left, value, at, writer, right))}, ${value})`;
  }
  if (operator === '=') return `${writeTarget(left, at, writer)} = ${writeValue()}`;
  const purpose = isLogical(operator) ? asked(at).purpose : 'number';
  const { before, target, read } = captureReference(left, at, writer, purpose);
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

/** A name that is assigned to: outside of strict mode JavaScript ignores what is assigned to a function's own. */
function writeName(node: Identifier, at: Position, writer: Writer): string {
  return !at.isStrict && at.ownNames.has(node.name) ? temporary(at) : writer.write(node, at);
}

function isLogical(operator: string): boolean {
  return /^(&&|\|\||\?\?)=$/.test(operator);
}

function writeUpdate({ argument, operator, prefix }: UpdateExpression, at: Position, writer: Writer): string {
  const { before, target, read } =
    argument.type === 'MemberExpression'
      ? captureReference(argument, at, writer, 'number')
      : {
          before: [],
          target: writeName(argument as Identifier, at, writer),
          read: writer.number(argument, at),
        };
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
