import type { AnyNode, Property } from 'acorn';
import { temporary } from '../writing/awaited.ts';
import { runtime, runtimeAt } from '../writing/compiled-names.ts';
import { writeMethod } from '../writing/methods.ts';
import { type Position, settled } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/**
 * A method that can wait is written as a generator, so that it keeps its `super`; the runtime then puts a function in
 * its place. Accessors and constructors are called by JavaScript itself, and cannot wait.
 */
export const methods: Rewrite = {
  MethodDefinition: (node, at, writer) => writeMethod(node, at, writer, []),
  Property(node, at, writer) {
    if (!node.method && node.kind === 'init') return undefined;
    return writeMethod(node, at, writer, []);
  },
  ObjectExpression(node, at, writer) {
    const found: string[] = [];
    const written = writer.fill(node, node.properties, property =>
      (property as Property).method || isAccessor(property as AnyNode)
        ? writeMethod(property as Property, settled(at), writer, found)
        : writeProperty(property as AnyNode, at, writer),
    );
    return found.length === 0 ? written : `${runtime}.methods(${written}, [${found.join(', ')}])`;
  },
};

function isAccessor(node: AnyNode): boolean {
  return node.type === 'Property' && node.kind !== 'init';
}

/** What is spread is loaded first. */
function writeProperty(node: AnyNode, at: Position, writer: Writer): string {
  if (node.type === 'SpreadElement') {
    const runtimeThere = runtimeAt(at);
    return `...${runtimeThere}.copy(${writer.copied(node.argument, at)}), ...${runtimeThere}.copiedAll()`;
  }
  const { key, value, computed, shorthand } = node as Property;
  if (!computed || shorthand) return writer.write(node, settled(at));
  if (!/Function/.test(value.type)) {
    const given =
      value.type === 'ClassExpression'
        ? writer.write(value, settled(at))
        : writer.operand(value, settled(at));
    return `[${writer.shown(key, at)}]: ${given}`;
  }
  // A function takes the name of its key.
  const name = temporary(at);
  const written = writer.operand(value, { ...settled(at), name: `${runtime}.nameOf(${name})` });
  return `[${name} = ${runtime}.propertyKey(${writer.shown(key, at)})]: ${written}`;
}
