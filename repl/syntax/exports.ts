import type { AnyNode, Node, Program } from 'acorn';

/**
 * The source without `export`, which means nothing at the prompt: what is exported is declared, and the value of
 * `export default` is that of the line. Everything else stays in its place.
 */
export function withoutExports(source: string, program: Program): string {
  const parts: string[] = [];
  let end = 0;
  for (const node of program.body) {
    const plain = withoutExport(node, source);
    if (plain === undefined) continue;
    parts.push(source.slice(end, node.start), plain);
    ({ end } = node);
  }
  return parts.join('') + source.slice(end);
}

/** @returns undefined for any other statement */
function withoutExport(node: AnyNode, source: string): string | undefined {
  const blankUntil = (end: number) => source.slice(node.start, end).replaceAll(/[^\n]/g, ' ');
  const after = (start: number) => source.slice(start, node.end);
  const importing = (from: Node) =>
    `import${blankUntil(from.start).slice('import'.length)}${after(from.start)}`;
  switch (node.type) {
    case 'ExportAllDeclaration':
      return importing(node.source);
    case 'ExportNamedDeclaration': {
      if (node.source) return importing(node.source);
      const start = node.declaration?.start ?? node.end;
      return blankUntil(start) + after(start);
    }
    case 'ExportDefaultDeclaration': {
      const { declaration } = node;
      const isNamed = declaration.type.endsWith('Declaration') && 'id' in declaration && declaration.id;
      if (isNamed) return blankUntil(declaration.start) + after(declaration.start);
      // An expression may be in parentheses, which are not part of it.
      const start = node.start + (/^export[^]*?default/.exec(after(node.start))?.[0].length ?? 0);
      return `${blankUntil(start - 1)}(${after(start).replace(/;?$/, ')$&')}`;
    }
    default:
      return undefined;
  }
}
