import type { ImportDeclaration } from 'acorn';
import { awaited } from '../writing/awaited.ts';
import { madeUp, runtime, runtimeAt, scope } from '../writing/compiled-names.ts';
import type { Rewrite, Writer } from '../writing/writer.ts';

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
    const found = `${runtime}.import(${[from, ...attributesOf(node, writer)].join(', ')})`;
    return `${[`${module} = ${runtime}.resume(await ${found})`, ...names].join(', ')};`;
  },
  ImportExpression(node, at, writer) {
    const given = [node.source, ...(node.options ? [node.options] : [])].map(each => writer.used(each, at));
    return awaited(`${runtimeAt(at)}.import(${given.join(', ')})`, at, writer.label(node));
  },
};

/** `with { type: 'json' }`, as the second argument of `import()`. */
function attributesOf({ attributes }: ImportDeclaration, writer: Writer): string[] {
  if (attributes.length === 0) return [];
  const pairs = attributes.map(({ key, value }) => `${writer.text(key)}: ${writer.text(value)}`);
  return [`{ with: { ${pairs.join(', ')} } }`];
}

function nameOf(imported: { name: string } | { value?: unknown }): string {
  return 'name' in imported ? imported.name : String(imported.value);
}
