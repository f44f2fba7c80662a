import { type AnyNode, type Node, parse, type Program } from 'acorn';
import { stripTypeScriptTypes } from 'node:module';
import { childrenOf } from '../../syntax/walk.ts';
import { withoutImports } from './imports.ts';

/**
 * Takes the types out of a module by Node's own type stripping, which keeps every line and column.
 *
 * @returns undefined for what needs more than that: decorators, enums, parameter properties, fields that are none
 */
export function eraseModule(source: string, options: Readonly<Record<string, unknown>>): string | undefined {
  let code: string;
  let program: Program;
  try {
    code = stripTypeScriptTypes(source);
    program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  } catch {
    return undefined;
  }
  const names = new Set<string>();
  let hasBareField = false;
  const visit = (node: Node): void => {
    const any = node as AnyNode;
    if (any.type === 'ImportDeclaration') return;
    if (any.type === 'Identifier') names.add(any.name);
    if (any.type === 'PropertyDefinition' && !any.value && !any.static) hasBareField = true;
    childrenOf(node).forEach(visit);
  };
  visit(program);
  if (hasBareField && !definesFields(options)) return undefined;
  // An import that only types use may be of something that is not there when the program runs.
  return options['verbatimModuleSyntax'] === true || options['preserveValueImports'] === true
    ? code
    : withoutImports(code, program, local => names.has(local));
}

/** Whether a field without a value sets `undefined`, as in JavaScript; older settings of TypeScript make it nothing. */
export function definesFields(options: Readonly<Record<string, unknown>>): boolean {
  const { useDefineForClassFields: asked, target } = options;
  if (typeof asked === 'boolean') return asked;
  return typeof target !== 'string' || /^(es2022|es2023|es2024|es2025|esnext)$/i.test(target);
}
