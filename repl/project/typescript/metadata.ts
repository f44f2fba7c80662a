import { type AnyNode, type ImportDeclaration, type Node, parse } from 'acorn';
import { childrenOf } from '../../syntax/walk.ts';
import { withoutImports } from './imports.ts';

/** An import with this before its specifier may lead nowhere: it is then empty. */
export const optional = 'mikroscope-optional:';

const reader = `
function __mikroscopeType(read) { try { return read(); } catch { return Object; } }`;

/**
 * `emitDecoratorMetadata` makes of a property's type a value, which is read when the class is made. In a module that
 * fails where the type has no value (an interface) and where it has none yet (a class in a circle of imports). What is
 * only used as a type is therefore imported as a whole, which cannot fail, and `Object` stands for it where it is not
 * there, as TypeScript writes for what it cannot name.
 *
 * @param code a module that TypeScript has compiled
 */
export function lenientMetadata(code: string): string {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const types: Node[] = [];
  const values = new Set<string>();
  const visit = (node: Node): void => {
    const any = node as AnyNode;
    if (any.type === 'ImportDeclaration') return;
    if (any.type === 'Identifier') values.add(any.name);
    const type = metadataType(any);
    if (type) types.push(type);
    else childrenOf(node).forEach(visit);
  };
  visit(program);
  if (types.length === 0) return code;
  const wholes = new Map<string, string>();
  const added: string[] = [];
  const onlyTypes = program.body.flatMap(statement =>
    statement.type === 'ImportDeclaration' ? [statement] : [],
  );
  for (const declaration of onlyTypes)
    for (const { local, imported } of namesOf(declaration).filter(name => !values.has(name.local))) {
      const name = `__mikroscope${added.length}`;
      wholes.set(local, `${name}.${imported}`);
      added.push(`import * as ${name} from ${JSON.stringify(optional + String(declaration.source.value))};`);
    }
  // What is taken out leaves blanks, so the places of the types hold until the last of them is rewritten.
  let written = withoutImports(code, program, local => !wholes.has(local));
  for (const type of types.toReversed())
    written = `${written.slice(0, type.start)}__mikroscopeType(() => ${rename(written, type, wholes)})${written.slice(type.end)}`;
  return `${written}${reader}\n${added.join('\n')}`;
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

function rename(code: string, type: Node, wholes: ReadonlyMap<string, string>): string {
  const found: { start: number; end: number; whole: string }[] = [];
  const visit = (node: Node): void => {
    const whole =
      (node as AnyNode).type === 'Identifier'
        ? wholes.get((node as AnyNode & { name: string }).name)
        : undefined;
    if (whole !== undefined) found.push({ start: node.start, end: node.end, whole });
    childrenOf(node).forEach(visit);
  };
  visit(type);
  return found
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, whole }) =>
        text.slice(0, start - type.start) + whole + text.slice(end - type.start),
      code.slice(type.start, type.end),
    );
}
