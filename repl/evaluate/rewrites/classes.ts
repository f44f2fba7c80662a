import type { Class } from 'acorn';
import { lexicalNames, Names, variableNames } from '../../syntax/names.ts';
import { withTemporaries } from '../writing/awaited.ts';
import { writeOutsideBody } from '../writing/functions.ts';
import { terminated } from '../writing/terminated.ts';
import { inFunction, type Position, settled } from '../writing/position.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/** A class knows its own name; its fields and static blocks cannot wait. */
export const classes: Rewrite = {
  ClassDeclaration: (node, at, writer) => writeClass(node, at, writer),
  ClassExpression: (node, at, writer) => writeClass(node, at, writer),
  PropertyDefinition(node, at, writer) {
    const key = node.computed ? [node.key] : [];
    const holes = node.value ? [...key, node.value] : key;
    const written = writer.fill(node, holes, hole =>
      hole === node.key ? writer.write(hole, at) : writeOutsideBody(hole, at, writer),
    );
    return terminated(written);
  },
  StaticBlock(node, at, writer) {
    const names = [...lexicalNames(node.body), ...node.body.flatMap(variableNames)];
    const inside = inFunction(at, names, false);
    return withTemporaries(writer.copy(node, inside), inside.temporaries);
  },
};

function writeClass(node: Class, at: Position, writer: Writer): string {
  const names = new Names(node.id ? [node.id.name] : [], at.names);
  return writer.copy(node, { ...settled(at), names });
}
