import type { VariableDeclaration } from 'acorn';
import { boundNames, functionNames } from '../../syntax/names.ts';
import { asDeclarators, asSequence, destructure } from '../writing/destructure.ts';
import { writeFunctionDeclaration } from '../writing/functions.ts';
import { writeNamedValue } from '../writing/named-value.ts';
import { terminated } from '../writing/terminated.ts';
import { isAssignment, type Position } from '../writing/position.ts';
import { hoisting, runtime, scope } from '../writing/compiled-names.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

/**
 * Declarations at the prompt become assignments to its scope, so that a later line sees the names and can declare them
 * again, and a line that throws leaves no name half declared.
 */
export const declarations: Rewrite = {
  VariableDeclaration: (node, at, writer) =>
    isAssignment(node, at) ? `${writeAssignments(node, at, writer)};` : terminated(writer.copy(node, at)),
  VariableDeclarator(node, at, writer) {
    if (!node.init) return undefined;
    if (node.id.type === 'Identifier')
      return `${node.id.name} = ${writeNamedValue(node.id.name, node.init, at, writer)}`;
    return asDeclarators(destructure(node.id, writer.operand(node.init, at), at, writer, node.init)).join(
      ', ',
    );
  },
  ClassDeclaration(node, at, writer) {
    if (at.level !== 'prompt' || !node.id) return undefined;
    return `${scope}.${node.id.name} = ${writer.write({ ...node, type: 'ClassExpression' }, at)};`;
  },
  FunctionDeclaration(node, at, writer) {
    const name = functionNames([node]).find(each => at.hoisted.here.includes(each));
    if (name === undefined) return undefined;
    const given = at.level === 'body' ? `${hoisting(name)}(${name});` : `${scope}.${name} = ${name};`;
    return `${writeFunctionDeclaration(node, at, writer)} ${given}`;
  },
};

function writeAssignments(node: VariableDeclaration, at: Position, writer: Writer): string {
  const assignments = node.declarations.flatMap(({ id, init }) => {
    if (!init)
      return node.kind === 'var' || id.type !== 'Identifier' ? [] : `${writer.write(id, at)} = undefined`;
    if (id.type === 'Identifier')
      return `${writer.write(id, at)} = ${writeNamedValue(id.name, init, at, writer)}`;
    return asSequence(destructure(id, writer.operand(init, at), at, writer, init));
  });
  const constants = node.kind === 'const' ? node.declarations.flatMap(({ id }) => boundNames(id)) : [];
  return [...assignments, ...constants.map(name => `${runtime}.constant(${JSON.stringify(name)})`)].join(
    ', ',
  );
}
