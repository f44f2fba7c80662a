import { parse, type Program } from 'acorn';
import { stripTypeScriptTypes } from 'node:module';
import { walk } from '../../syntax/walk.ts';
import { withoutImports } from './imports.ts';

/**
 * Erases the types of a module by Node's own type stripping, which keeps every line and column.
 *
 * @param options tsconfig's compilerOptions
 * @returns undefined if the module needs compiling: decorators, enums, parameter properties, fields without a value
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
  walk(program, node => {
    if (node.type === 'ImportDeclaration') return false;
    if (node.type === 'Identifier') names.add(node.name);
    if (node.type === 'PropertyDefinition' && !node.value && !node.static) hasBareField = true;
    return undefined;
  });
  if (hasBareField && !definesFields(options)) return undefined;
  // What only types use may not exist when the program runs.
  return options['verbatimModuleSyntax'] === true || options['preserveValueImports'] === true
    ? code
    : withoutImports(code, program, local => names.has(local));
}

/** Whether a field without a value is set to undefined, as in JavaScript. With older targets TypeScript removes it. */
export function definesFields(options: Readonly<Record<string, unknown>>): boolean {
  const { useDefineForClassFields, target } = options;
  if (typeof useDefineForClassFields === 'boolean') return useDefineForClassFields;
  return typeof target !== 'string' || /^(es2022|es2023|es2024|es2025|esnext)$/i.test(target);
}
