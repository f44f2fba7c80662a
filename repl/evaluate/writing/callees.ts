import type { MemberExpression } from 'acorn';
import { memberName } from '../../syntax/call-site-name.ts';
import { type Position, used } from './position.ts';
import type { Writer } from './writer.ts';
import { awaited } from './awaited.ts';
import { isPlainMember, writeLookUp, writeMember } from './members.ts';

/** A method, looked up but not called: as in JavaScript, that comes before the arguments are computed. */
export function writeMethod(member: MemberExpression, object: string, at: Position, writer: Writer): string {
  if (!isPlainMember(member)) return writeMember(member, object, at, writer);
  return awaited(writeLookUp(member, object, at, writer), used(at), writer.label(member));
}

/** Whether a method is a private one that is an ordinary function, and so can wait. */
export function isPrivateCoroutine(member: MemberExpression, at: Position): boolean {
  return (
    member.property.type === 'PrivateIdentifier' && at.privateMethods.has(memberName(member)?.slice(1) ?? '')
  );
}
