import { awaited } from '../writing/awaited.ts';
import { madeUp, type Rewrite, runtime, scope } from '../writing/writer.ts';

/** Imports are loaded by the runtime, from the user's folder, and assigned to the prompt's scope. */
export const imports: Rewrite = {
  ImportDeclaration(node, at, writer) {
    const module = `${madeUp}m`;
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
  ImportExpression: (node, at, writer) =>
    awaited(`${runtime}.import(${writer.operand(node.source, at)})`, at),
};

function nameOf(imported: { name: string } | { value?: unknown }): string {
  return 'name' in imported ? imported.name : String(imported.value);
}
