import { type AnyNode, type ImportDeclaration, type Node, parse } from 'acorn';
import { walk } from '../../syntax/walk.ts';
import { withoutImports } from './imports.ts';

/** With this before its specifier, an import that does not resolve is an empty module. */
export const optionalPrefix = 'mikroscope-optional:';

const readType = `
function __mikroscopeType(read) { try { return read(); } catch { return Object; } }`;

/**
 * Keeps the metadata of types from failing. `emitDecoratorMetadata` turns the type of a property into a value that is read
 * when the class is defined. In a module that fails if the type has no value (an interface), or does not have it yet (a
 * class in a circle of imports). So what is only used as a type is imported as a namespace, which cannot fail, and where
 * the type is missing `Object` is used, as TypeScript does for what it cannot name.
 *
 * @param code a module that TypeScript has compiled
 */
export function lenientMetadata(code: string): string {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const types: Node[] = [];
  const values = new Set<string>();
  walk(program, node => {
    if (node.type === 'ImportDeclaration') return false;
    if (node.type === 'Identifier') values.add(node.name);
    const type = metadataType(node);
    if (type) types.push(type);
    return type ? false : undefined;
  });
  if (types.length === 0) return code;
  const namespaced = new Map<string, string>();
  const added: string[] = [];
  const imports = program.body.flatMap(statement =>
    statement.type === 'ImportDeclaration' ? [statement] : [],
  );
  for (const declaration of imports)
    for (const { local, imported } of namesOf(declaration).filter(name => !values.has(name.local))) {
      const name = `__mikroscope${added.length}`;
      namespaced.set(local, `${name}.${imported}`);
      added.push(
        `import * as ${name} from ${JSON.stringify(optionalPrefix + String(declaration.source.value))};`,
      );
    }
  // Removed imports leave blanks, and the last type is rewritten first, so that every position stays valid.
  let written = withoutImports(code, program, local => !namespaced.has(local));
  for (const type of types.toReversed())
    written = `${written.slice(0, type.start)}__mikroscopeType(() => ${rename(written, type, namespaced)})${written.slice(type.end)}`;
  return `${written}${readType}\n${added.join('\n')}`;
}

/** The value in `__metadata("design:type", value)`. */
function metadataType(node: AnyNode): Node | undefined {
  return node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === '__metadata'
    ? node.arguments[1]
    : undefined;
}

function namesOf({ specifiers }: ImportDeclaration): { local: string; imported: string }[] {
  return specifiers.flatMap(each => {
    if (each.type === 'ImportNamespaceSpecifier') return [];
    if (each.type === 'ImportDefaultSpecifier') return [{ local: each.local.name, imported: 'default' }];
    return each.imported.type === 'Identifier'
      ? [{ local: each.local.name, imported: each.imported.name }]
      : [];
  });
}

function rename(code: string, type: Node, namespaced: ReadonlyMap<string, string>): string {
  const found: { start: number; end: number; renamed: string }[] = [];
  walk(type, node => {
    const renamed = node.type === 'Identifier' ? namespaced.get(node.name) : undefined;
    if (renamed !== undefined) found.push({ start: node.start, end: node.end, renamed });
  });
  return found
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, renamed }) =>
        text.slice(0, start - type.start) + renamed + text.slice(end - type.start),
      code.slice(type.start, type.end),
    );
}
