import type { MemberExpression } from 'acorn';
import { memberName } from '../../syntax/call-site-name.ts';
import { type Position, settled } from './position.ts';
import { runtime, type Writer } from './writer.ts';
import { awaited, temporary } from './awaited.ts';

/**
 * A member as JavaScript writes it.
 *
 * @param object the object, written
 * @param key the computed key, if it is written already
 */
export function writeMember(
  member: MemberExpression,
  object: string,
  at: Position,
  writer: Writer,
  key?: string,
): string {
  const base = /^\d/.test(object) ? `(${object})` : object;
  return member.computed
    ? `${base}[${key ?? writer.write(member.property, settled(at))}]`
    : `${base}.${memberName(member)}`;
}

/** Reads a member, which may load it from the database, and waits for it. */
export function writeRead(
  member: MemberExpression,
  object: string,
  at: Position,
  writer: Writer,
  key?: string,
): string {
  const read = isPlainMember(member)
    ? readProperty(object, key ?? writeKey(member, at, writer), at)
    : writeMember(member, object, at, writer, key);
  return awaited(read, at);
}

/** @param key the key, written */
export function readProperty(object: string, key: string, at: Position): string {
  return `${runtime}.${at.canAwait ? 'read' : 'readSync'}(${object}, ${key})`;
}

/** A member that is read and then assigned to. Its object and key are computed once, by `before`. */
export interface CapturedReference {
  readonly before: readonly string[];
  readonly target: string;
  readonly read: string;
}

export function captureReference(
  member: MemberExpression,
  outer: Position,
  writer: Writer,
): CapturedReference {
  const at = settled(outer);
  const before: string[] = [];
  const capture = (code: string) => {
    const name = temporary(at);
    before.push(`${name} = ${code}`);
    return name;
  };
  const object = member.object.type === 'Super' ? 'super' : capture(writer.operand(member.object, at));
  const key = member.computed ? capture(writer.operand(member.property, at)) : undefined;
  return {
    before,
    target: writeMember(member, object, at, writer, key),
    read: writeRead(member, object, at, writer, key),
  };
}

export function writeKey(member: MemberExpression, at: Position, writer: Writer): string {
  return member.computed ? writer.operand(member.property, at) : JSON.stringify(memberName(member));
}

/** Whether the runtime can read the member: it cannot read one of `super`, or a private one. */
export function isPlainMember(member: MemberExpression): boolean {
  return member.object.type !== 'Super' && member.property.type !== 'PrivateIdentifier';
}
