import type { ImportDeclaration, Program } from 'acorn';

/**
 * Takes imported names out of a module, and the import with the last of them. Everything stays where it was.
 *
 * @param keep whether a local name stays imported
 */
export function withoutImports(code: string, program: Program, keep: (local: string) => boolean): string {
  const holes = program.body.flatMap(statement => {
    if (statement.type !== 'ImportDeclaration' || statement.specifiers.length === 0) return [];
    const gone = statement.specifiers.filter(({ local }) => !keep(local.name));
    return gone.length === statement.specifiers.length
      ? [statement]
      : gone.map(({ start, end }) => ({ start, end: afterComma(code, end, statement) }));
  });
  return holes.reduce(
    (text, { start, end }) =>
      text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, ' ') + text.slice(end),
    code,
  );
}

function afterComma(code: string, end: number, { end: last }: ImportDeclaration): number {
  return end + (/^\s*,/.exec(code.slice(end, last))?.[0].length ?? 0);
}
