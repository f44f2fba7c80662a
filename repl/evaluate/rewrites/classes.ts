import type { AnyNode, Class, Node, PropertyDefinition, Identifier, Literal } from 'acorn';
import { lexicalNames, Names, variableNames } from '../../syntax/names.ts';
import { withTemporaries } from '../writing/awaited.ts';
import { writeOutsideBody } from '../writing/functions.ts';
import { writeRegistrations } from '../writing/registrations.ts';
import { privateMethodsIn, writeMethod } from '../writing/methods.ts';
import { writeNamedValue } from '../writing/named-value.ts';
import { terminated } from '../writing/terminated.ts';
import { inFunction, type Position, settled } from '../writing/position.ts';
import { runtime } from '../writing/compiled-names.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/** A class knows its own name; its fields and static blocks cannot wait. */
export const classes: Rewrite = {
  ClassDeclaration: (node, at, writer) => writeClass(node, at, writer),
  ClassExpression: (node, at, writer) => writeClass(node, at, writer),
  PropertyDefinition(node, at, writer) {
    const key = node.computed ? [node.key] : [];
    const holes = node.value ? [...key, node.value] : key;
    const own = { ...at, isCaptured: false };
    const written = writer.fill(node, holes, hole =>
      hole === node.key ? writer.used(hole, at) : writeField(node, hole, own, writer),
    );
    return terminated(written);
  },
  StaticBlock(node, at, writer) {
    const names = [...lexicalNames(node.body), ...node.body.flatMap(variableNames)];
    const inside = inFunction(at, names, 'never', { isCaptured: false });
    const body = writer
      .copy(node, inside)
      .replace('{', () => `{ ${writeRegistrations(node.body, inside, writer)}`);
    return withTemporaries(body, inside.temporaries);
  },
};

function writeClass(node: Class, at: Position, writer: Writer): string {
  const inside = {
    ...settled(at),
    names: new Names(node.id ? [node.id.name] : [], at.names),
    isStrict: true,
    privateMethods: privateMethodsIn(node, at, writer),
  };
  const found: string[] = [];
  const { body } = node;
  const members = writer.fill(body, body.body, member => writeMember(member, inside, writer, found));
  const known = `${runtime}.presentClass(this, ${JSON.stringify(writer.typed(node))}, [${found.join(', ')}]);`;
  return writer.fill(node, node.superClass ? [node.superClass, body] : [body], hole =>
    hole === body ? members.replace('{', () => `{ static { ${known} }`) : writeHeritage(hole, inside, writer),
  );
}

function writeHeritage(node: Node, at: Position, writer: Writer): string {
  const written = node.type === 'Identifier' ? writer.write(node, at) : writer.used(node, at);
  return `${runtime}.heritage\`\${${written}}\``;
}

/** A function that is the value of a field takes its name. */
function writeField(
  { key, computed }: PropertyDefinition,
  value: Node,
  at: Position,
  writer: Writer,
): string {
  if (computed || !/Function|Class/.test(value.type)) return writeOutsideBody(value, at, writer);
  const name = key.type === 'PrivateIdentifier' ? `#${key.name}` : plainName(key as Identifier | Literal);
  return writeNamedValue(name, value, { ...at, waiting: 'never' }, writer);
}

function plainName(key: Identifier | Literal): string {
  return key.type === 'Identifier' ? key.name : String(key.value);
}

function writeMember(member: Node, at: Position, writer: Writer, found: string[]): string {
  const node = member as AnyNode;
  return node.type === 'MethodDefinition' ? writeMethod(node, at, writer, found) : writer.write(node, at);
}
