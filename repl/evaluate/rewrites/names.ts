import type { Property } from 'acorn';
import { usable } from '../writing/awaited.ts';
import { writePromise, writeNamedValue } from '../writing/named-value.ts';
import { type Position, settled } from '../writing/position.ts';
import { runtimeAt, scope } from '../writing/compiled-names.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/**
 * A name that the typed code does not declare itself is the prompt's.
 *
 * @param isGlobal whether a name means JavaScript's own global
 */
export function names(isGlobal: (name: string) => boolean): Rewrite {
  return {
    Identifier: (node, at) =>
      at.names.has(node.name) || isGlobal(node.name) ? node.name : `${scope}.${node.name}`,
    Property(node, at, writer) {
      if (!node.shorthand) return writeNamedProperty(node as Property, at, writer);
      const key = writer.text(node.key);
      return `${key === '__proto__' ? '["__proto__"]' : key}: ${writer.write(node.value, at)}`;
    },
    UnaryExpression({ argument, operator }, at) {
      if (argument.type !== 'Identifier' || at.names.has(argument.name)) return undefined;
      // Of a global that a line has deleted, too.
      if (isGlobal(argument.name)) return operator === 'typeof' ? `typeof ${argument.name}` : undefined;
      if (operator === 'typeof')
        return `typeof ${usable(`${runtimeAt(at)}.peek(${JSON.stringify(argument.name)})`, { ...at, purpose: 'item' }, argument.name)}`;
      return operator === 'delete' ? `delete ${scope}.${argument.name}` : undefined;
    },
  };
}

/** A function that is the value of a property takes its name; a promise that is made there is kept. */
function writeNamedProperty(node: Property, at: Position, writer: Writer): string | undefined {
  const { key, value, computed, method, kind } = node;
  if (computed || method || kind !== 'init') return undefined;
  const promise = writePromise(value, at, writer);
  if (promise !== undefined) return `${writer.text(key)}: ${promise}`;
  if (!/Function/.test(value.type)) return undefined;
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
  if (name === undefined || name === '__proto__') return undefined;
  return `${writer.text(key)}: ${writeNamedValue(name, value, settled(at), writer)}`;
}
