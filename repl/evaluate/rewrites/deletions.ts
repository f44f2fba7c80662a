import type { MemberExpression } from 'acorn';
import { writeWithObject } from '../writing/chain.ts';
import { writeMember } from '../writing/members.ts';
import type { Position } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/** The member that is deleted is not read; its object is. */
export const deletions: Rewrite = {
  UnaryExpression({ argument, operator }, at, writer) {
    if (operator !== 'delete') return undefined;
    if (argument.type === 'MemberExpression')
      return writeDeletion(argument, writer.used(argument.object, at), at, writer);
    if (argument.type !== 'ChainExpression' || argument.expression.type !== 'MemberExpression')
      return undefined;
    const member = argument.expression;
    const chain = writeWithObject(member, at, writer, object => writeDeletion(member, object, at, writer));
    return `(${chain}) !== false`;
  },
};

function writeDeletion(member: MemberExpression, object: string, at: Position, writer: Writer): string {
  return `delete ${writeMember(member, object, at, writer)}`;
}
