import type { Node, VariableDeclaration } from 'acorn';
import { runtime, scope, terminated, type Pass, type Place, type Writer } from '../writer.ts';
import { writeNamed, writeOpened, writeTarget } from './assignments.ts';

/**
 * Declarations at the prompt become assignments to its scope, so that a later line sees them and may make them again,
 * and a line that throws leaves no name half declared. Imports are declarations too.
 */
export const declarations: Pass = {
  VariableDeclaration(node, at, writer) {
    if (belongsToPrompt(node, at)) return `${writeAssignments(node, at, writer)};`;
    return terminated(writer.copy(node, at));
  },
  VariableDeclarator(node, at, writer) {
    if (!node.init || node.id.type === 'Identifier') return undefined;
    return writer.fill(node, [node.id, node.init], hole =>
      hole === node.init ? writeOpened(node.id, hole, at, writer) : writeTarget(node.id, at, writer),
    );
  },
  ClassDeclaration(node, at, writer) {
    if (at.level !== 'prompt' || !node.id) return undefined;
    return `${scope}.${node.id.name} = ${writer.write({ ...node, type: 'ClassExpression' } as Node, at)};`;
  },
  ExportNamedDeclaration: (node, at, writer) => (node.declaration ? writer.write(node.declaration, at) : ''),
  ImportDeclaration(node, at, writer) {
    at.temporaries.add('__m');
    const from = writer.text(node.source);
    const names = node.specifiers.map(specifier => {
      const target = `${scope}.${specifier.local.name}`;
      if (specifier.type === 'ImportNamespaceSpecifier') return `${target} = __m`;
      const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
      return `${target} = ${runtime}.exported(__m, ${JSON.stringify(name)}, ${from})`;
    });
    return `${[`__m = ${runtime}.resume(await ${runtime}.import(${from}))`, ...names].join(', ')};`;
  },
};

/** Whether a declaration outlives the line: any at the top level, and a var in a block there. */
export function belongsToPrompt({ kind }: VariableDeclaration, at: Place): boolean {
  return at.level === 'prompt' ? !kind.includes('using') : at.level === 'prompt block' && kind === 'var';
}

function writeAssignments(node: VariableDeclaration, at: Place, writer: Writer): string {
  return node.declarations
    .flatMap(({ id, init }) => {
      const target = writeTarget(id, at, writer);
      if (!init)
        return node.kind === 'var'
          ? `${runtime}.declare(${JSON.stringify(writer.text(id))})`
          : `${target} = undefined`;
      if (id.type === 'Identifier') return `${target} = ${writeNamed(id.name, init, at, writer)}`;
      return `(${target} = ${writeOpened(id, init, at, writer)})`;
    })
    .join(', ');
}

function nameOf(node: { name: string } | { value?: unknown }): string {
  return 'name' in node ? node.name : String(node.value);
}
