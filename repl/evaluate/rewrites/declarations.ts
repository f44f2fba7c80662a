import type { VariableDeclaration } from 'acorn';
import { boundNames } from '../../syntax/names.ts';
import { mark, runtime, scope, terminated, type Rewrite, type Position, type Writer } from '../writer.ts';
import { declarators, sequence, destructure, writeNamed } from './patterns.ts';

/**
 * Declarations at the prompt become assignments to its scope, so that a later line sees them and may make them again,
 * and a line that throws leaves no name half declared. Imports are declarations too.
 */
export const declarations: Rewrite = {
  VariableDeclaration(node, at, writer) {
    if (belongsToPrompt(node, at)) return `${writeAssignments(node, at, writer)};`;
    return terminated(writer.copy(node, at));
  },
  VariableDeclarator(node, at, writer) {
    if (!node.init || node.id.type === 'Identifier') return undefined;
    return declarators(destructure(node.id, writer.operand(node.init, at), at, writer, node.init)).join(', ');
  },
  ClassDeclaration(node, at, writer) {
    if (at.level !== 'prompt' || !node.id) return undefined;
    return `${scope}.${node.id.name} = ${writer.write({ ...node, type: 'ClassExpression' }, at)};`;
  },
  ExportNamedDeclaration: (node, at, writer) => (node.declaration ? writer.write(node.declaration, at) : ''),
  ImportDeclaration(node, at, writer) {
    const module = `${mark}m`;
    at.temporaries.add(module);
    const from = writer.text(node.source);
    const names = node.specifiers.map(specifier => {
      const target = `${scope}.${specifier.local.name}`;
      if (specifier.type === 'ImportNamespaceSpecifier') return `${target} = ${module}`;
      const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
      return `${target} = ${runtime}.exported(${module}, ${JSON.stringify(name)}, ${from})`;
    });
    return `${[`${module} = ${runtime}.resume(await ${runtime}.import(${from}))`, ...names].join(', ')};`;
  },
};

/** Whether a declaration outlives the line: any at the top level, and a var in a block there. */
export function belongsToPrompt({ kind }: VariableDeclaration, at: Position): boolean {
  return at.level === 'prompt' ? !kind.includes('using') : at.level === 'prompt block' && kind === 'var';
}

function writeAssignments(node: VariableDeclaration, at: Position, writer: Writer): string {
  const assigned = node.declarations.flatMap(({ id, init }) => {
    if (!init)
      return node.kind === 'var' || id.type !== 'Identifier' ? [] : `${writer.write(id, at)} = undefined`;
    if (id.type === 'Identifier') return `${writer.write(id, at)} = ${writeNamed(id.name, init, at, writer)}`;
    return sequence(destructure(id, writer.operand(init, at), at, writer, init));
  });
  const names = node.kind === 'const' ? node.declarations.flatMap(({ id }) => boundNames(id)) : [];
  return [...assigned, ...names.map(name => `${runtime}.constant(${JSON.stringify(name)})`)].join(', ');
}

function nameOf(node: { name: string } | { value?: unknown }): string {
  return 'name' in node ? node.name : String(node.value);
}
