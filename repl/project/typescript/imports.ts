import type { ImportDeclaration, Program } from 'acorn';

/**
 * Blanks out imported names in a module, and imports of which no name remains. Everything else keeps its position.
 *
 * @param keep whether a local name stays imported
 */
export function withoutImports(code: string, program: Program, keep: (local: string) => boolean): string {
  const removed = program.body.flatMap(statement => {
    if (statement.type !== 'ImportDeclaration' || statement.specifiers.length === 0) return [];
    const unused = statement.specifiers.filter(({ local }) => !keep(local.name));
    return unused.length === statement.specifiers.length
      ? [statement]
      : unused.map(({ start, end }) => ({ start, end: afterComma(code, end, statement) }));
  });
  return removed.reduce(
    (text, { start, end }) =>
      text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, ' ') + text.slice(end),
    code,
  );
}

function afterComma(code: string, end: number, { end: last }: ImportDeclaration): number {
  return end + (/^\s*,/.exec(code.slice(end, last))?.[0].length ?? 0);
}
