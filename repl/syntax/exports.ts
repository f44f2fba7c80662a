import type { Node, Program } from 'acorn';
import { walk } from './walk.ts';

/**
 * The source without `export`, which means nothing at the prompt: what is exported is declared, and the value of
 * `export default` is that of the line. Everything else stays in its place.
 */
export function withoutExports(source: string, program: Program): string {
  let plain = source;
  const blank = (start: number, end: number) => {
    plain = plain.slice(0, start) + plain.slice(start, end).replaceAll(/[^\n]/g, ' ') + plain.slice(end);
  };
  const importOnly = (node: Node, from: Node) => {
    blank(node.start, from.start);
    plain = `${plain.slice(0, node.start)}import${plain.slice(node.start + 'import'.length)}`;
  };
  walk(program, node => {
    if (node.type === 'ExportAllDeclaration') importOnly(node, node.source);
    if (node.type === 'ExportDefaultDeclaration') {
      const { declaration } = node;
      blank(node.start, declaration.start);
      if (!declaration.type.endsWith('Declaration') || !('id' in declaration && declaration.id))
        plain = `${plain.slice(0, declaration.start - 1)}(${plain.slice(declaration.start, declaration.end)})${plain.slice(declaration.end)}`;
    }
    if (node.type === 'ExportNamedDeclaration') {
      if (node.source) importOnly(node, node.source);
      else blank(node.start, node.declaration?.start ?? node.end);
    }
  });
  return plain;
}
