import type { MemberExpression } from 'acorn';
import { memberName } from '../../syntax/call-site-name.ts';
import { runtime, awaited, temporary, type Position, type Writer } from '../writer.ts';

/** A member to be read and then assigned to. Its object and key are computed once, by `before`. */
export interface CapturedReference {
  readonly before: readonly string[];
  readonly target: string;
  readonly read: string;
}

/** The member as JavaScript has it, of an object that is written already; `key` is a computed key, if it is too. */
export function writeMember(
  member: MemberExpression,
  object: string,
  at: Position,
  writer: Writer,
  key?: string,
): string {
  const base = /^\d/.test(object) ? `(${object})` : object;
  return member.computed
    ? `${base}[${key ?? writer.write(member.property, { ...at, raw: false })}]`
    : `${base}.${memberName(member)}`;
}

/** Reads a member, from the database if it has to be, and waits for it. */
export function writeRead(
  member: MemberExpression,
  object: string,
  at: Position,
  writer: Writer,
  key?: string,
): string {
  if (!isPlainMember(member)) return awaited(writeMember(member, object, at, writer, key), at);
  return awaited(readOf(object, key ?? writeKey(member, at, writer), at), at);
}

export function readOf(object: string, key: string, at: Position): string {
  return `${runtime}.${at.awaitable ? 'read' : 'readSync'}(${object}, ${key})`;
}

export function captureReference(member: MemberExpression, at: Position, writer: Writer): CapturedReference {
  const before: string[] = [];
  const inside = { ...at, raw: false };
  let object = 'super';
  if (member.object.type !== 'Super') {
    object = temporary(at);
    before.push(`${object} = ${writer.operand(member.object, inside)}`);
  }
  let key: string | undefined;
  if (member.computed) {
    key = temporary(at);
    before.push(`${key} = ${writer.operand(member.property, inside)}`);
  }
  return {
    before,
    target: writeMember(member, object, inside, writer, key),
    read: writeRead(member, object, inside, writer, key),
  };
}

export function writeKey(member: MemberExpression, at: Position, writer: Writer): string {
  return member.computed
    ? writer.operand(member.property, { ...at, raw: false })
    : JSON.stringify(memberName(member));
}

/** Whether a function can read the member: not one of super, and not a private one. */
export function isPlainMember(member: MemberExpression): boolean {
  return member.object.type !== 'Super' && member.property.type !== 'PrivateIdentifier';
}
