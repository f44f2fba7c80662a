import type { Class, MethodDefinition, Property } from 'acorn';
import { temporary } from './awaited.ts';
import { madeUp, runtimeAt } from './compiled-names.ts';
import { isCoroutineMethod, writeMethodCoroutine, writeNative } from './functions.ts';
import type { Position } from './position.ts';
import { lengthOf } from './registrations.ts';
import type { Writer } from './writer.ts';

/** @param found takes what the runtime has to know about a method that it replaces */
export function writeMethod(
  node: MethodDefinition | Property,
  at: Position,
  writer: Writer,
  found: string[],
): string {
  const value = node.value as MethodDefinition['value'];
  const isStatic = 'static' in node && node.static;
  const before = isStatic ? 'static ' : '';
  const kind = node.kind === 'get' || node.kind === 'set' ? `${node.kind} ` : '';
  const key = writeKey(node, at, writer);
  if (!isCoroutineMethod(node.kind, value)) {
    const star = value.generator ? '*' : '';
    const native = writeNative(value, at, writer, value.async ? 'await' : 'never');
    if (node.kind !== 'constructor' && node.key.type !== 'PrivateIdentifier') {
      const held = node.kind === 'get' || node.kind === 'set' ? node.kind : 'value';
      found.push(`[${[isStatic, key.name, JSON.stringify(held), textOf(node, writer)].join(', ')}]`);
    }
    return `${before}${kind}${value.async ? 'async ' : ''}${star}${key.code}${native}`;
  }
  if (node.key.type === 'PrivateIdentifier')
    return `${before}*#${node.key.name}${writeMethodCoroutine(value, at, writer)}`;
  const mark = markOf(value);
  const text = textOf(node, writer);
  const details = [isStatic, key.name, value.generator, lengthOf(value), text, JSON.stringify(mark)];
  found.push(`[${details.join(', ')}]`);
  return `${before}*${key.code}${writeMethodCoroutine(value, at, writer, mark)}`;
}

/** The private methods of a class that can wait, and what the runtime is told about them, in those around it. */
export function privateMethodsIn({ body }: Class, at: Position, writer: Writer): ReadonlyMap<string, string> {
  const methods = new Map(at.privateMethods);
  for (const member of body.body) {
    if (!('key' in member) || member.key.type !== 'PrivateIdentifier') continue;
    const { name } = member.key;
    methods.delete(name);
    if (member.type !== 'MethodDefinition' || !isCoroutineMethod(member.kind, member.value)) continue;
    const { value } = member;
    const details = [value.generator, JSON.stringify(`#${name}`), lengthOf(value)];
    methods.set(name, [...details, JSON.stringify(writer.typed(member))].join(', '));
  }
  return methods;
}

/** What a method shows as its source: `static` is not part of it. */
function textOf(node: MethodDefinition | Property, writer: Writer): string {
  return JSON.stringify(writer.typed(node).replace(/^static\s+/, ''));
}

/** A comment in a coroutine that tells it from others under the same name. */
function markOf({ start }: MethodDefinition['value']): string {
  return `/*${madeUp}${start}*/`;
}

function writeKey(
  { key, computed }: MethodDefinition | Property,
  at: Position,
  writer: Writer,
): { code: string; name: string } {
  if (computed) {
    const name = temporary(at);
    return { code: `[${name} = ${runtimeAt(at)}.propertyKey(${writer.shown(key, at)})]`, name };
  }
  const text = writer.text(key);
  return { code: text, name: key.type === 'Identifier' ? JSON.stringify(key.name) : text };
}
