import type { MethodDefinition, Property } from 'acorn';
import { temporary } from './awaited.ts';
import { madeUp, runtime, runtimeAt } from './compiled-names.ts';
import { isCoroutineMethod, lengthOf, writeMethodCoroutine, writeNative } from './functions.ts';
import { type Position, used } from './position.ts';
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
    return `${before}${kind}${value.async ? 'async ' : ''}${star}${key.code}${native}`;
  }
  if (node.key.type === 'PrivateIdentifier')
    return writePrivateMethod(node.key.name, before, value, at, writer);
  const details = [isStatic, key.name, value.generator, lengthOf(value), JSON.stringify(writer.typed(node))];
  found.push(`[${details.join(', ')}]`);
  return `${before}*${key.code}${writeMethodCoroutine(value, at, writer)}`;
}

/** A private method cannot be replaced, so it is a function beside its coroutine. */
function writePrivateMethod(
  name: string,
  before: string,
  value: MethodDefinition['value'],
  at: Position,
  writer: Writer,
): string {
  const coroutine = `#${madeUp}f_${name}`;
  const enter = value.generator ? 'enterGenerator' : 'enter';
  return `${before}*${coroutine}${writeMethodCoroutine(value, at, writer)} ${before}#${name}() { return ${runtime}.${enter}(this.${coroutine}, this, arguments); }`;
}

function writeKey(
  { key, computed }: MethodDefinition | Property,
  at: Position,
  writer: Writer,
): { code: string; name: string } {
  if (computed) {
    const name = temporary(at);
    return { code: `[${name} = ${runtimeAt(at)}.propertyKey(${writer.used(key, used(at))})]`, name };
  }
  const text = writer.text(key);
  return { code: text, name: key.type === 'Identifier' ? JSON.stringify(key.name) : text };
}
