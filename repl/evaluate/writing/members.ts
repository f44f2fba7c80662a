import type { MemberExpression } from 'acorn';
import { memberName } from '../../syntax/call-site-name.ts';
import { type Position, settled, used } from './position.ts';
import { madeUp, runtimeAt } from './compiled-names.ts';
import type { Writer } from './writer.ts';
import { awaited, temporary } from './awaited.ts';
import { writePrivateLookUp } from './private-names.ts';

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
  if (object === 'super' && at.isCaptured) return `${madeUp}super(${writeKey(member, at, writer)})`;
  const base = /^\d/.test(object) ? `(${object})` : object;
  if (member.property.type === 'PrivateIdentifier') return `${base}.#${member.property.name}`;
  return member.computed
    ? `${base}[${key ?? writer.shown(member.property, at)}]`
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
  return awaited(writeLookUp(member, object, at, writer, key), at, writer.label(member), true);
}

/** Looks a member up, without waiting for it. Most objects are plain, and JavaScript reads them fastest itself. */
function writeLookUp(
  member: MemberExpression,
  object: string,
  at: Position,
  writer: Writer,
  key?: string,
): string {
  if (member.property.type === 'PrivateIdentifier') {
    const method = writePrivateLookUp(member.property.name, object, at);
    if (method !== undefined) return method;
  }
  if (!isPlainMember(member)) return writeMember(member, object, at, writer, key);
  if (member.computed) return readProperty(object, key ?? writeKey(member, at, writer), at);
  const value = `${madeUp}t`;
  at.temporaries.add(value);
  const name = memberName(member) ?? '';
  const read = readProperty(value, JSON.stringify(name), at);
  const known = at.arePlain?.names.includes(object) === true ? `${at.arePlain.known} || ` : '';
  return `(${value} = ${object}, ${known}${runtimeAt(at)}.isPlain(${value}) ? ${value}.${name} : ${read})`;
}

/** A method, looked up but not called: as in JavaScript, that comes before the arguments are computed. */
export function writeMethod(member: MemberExpression, object: string, at: Position, writer: Writer): string {
  return awaited(writeLookUp(member, object, at, writer), used(at), writer.label(member));
}

/** @param key the key, written */
export function readProperty(object: string, key: string, at: Position): string {
  return `${runtimeAt(at)}.read(${object}, ${key})`;
}

/**
 * The object whose member is assigned to, and waits for it: a session decides what that is for the objects that it loads.
 *
 * @param key the computed key, if it is written already
 */
export function writeTargetObject(
  member: MemberExpression,
  object: string,
  at: Position,
  writer: Writer,
  key?: string,
): string {
  if (!isPlainMember(member)) return object;
  const value = `${madeUp}t`;
  at.temporaries.add(value);
  const name = key ?? JSON.stringify(memberName(member));
  const target = `${runtimeAt(at)}.target(${value}, ${name})`;
  const found = `(${value} = ${object}, ${runtimeAt(at)}.isPlain(${value}) ? ${value} : ${target})`;
  return awaited(found, used(at), writer.label(member));
}

/** A member that is read and then assigned to. Its object and key are computed once, by `before`. */
export interface CapturedReference {
  readonly before: readonly string[];
  readonly target: string;
  readonly read: string;
}

/** @param purpose what is done with the value that is read */
export function captureReference(
  member: MemberExpression,
  outer: Position,
  writer: Writer,
  purpose: Position['purpose'] = 'use',
): CapturedReference {
  const at = settled(outer);
  const before: string[] = [];
  const capture = (code: string) => {
    const name = temporary(at);
    before.push(`${name} = ${code}`);
    return name;
  };
  const object = member.object.type === 'Super' ? 'super' : capture(writer.used(member.object, at));
  const key = member.computed ? capture(writer.shown(member.property, at)) : undefined;
  return {
    before,
    target: writeMember(member, writeTargetObject(member, object, at, writer, key), at, writer, key),
    read: writeRead(member, object, { ...at, purpose }, writer, key),
  };
}

function writeKey(member: MemberExpression, at: Position, writer: Writer): string {
  return member.computed ? writer.shown(member.property, at) : JSON.stringify(memberName(member));
}

/** Whether the runtime can read the member: it cannot read one of `super`, or a private one. */
export function isPlainMember(member: MemberExpression): boolean {
  return member.object.type !== 'Super' && member.property.type !== 'PrivateIdentifier';
}
