import { type Rewrite, runtime, scope } from '../writing/writer.ts';

/**
 * A name that the typed code does not declare itself is the prompt's.
 *
 * @param isGlobal whether a name means JavaScript's own global
 */
export function names(isGlobal: (name: string) => boolean): Rewrite {
  return {
    Identifier: (node, at) =>
      at.names.has(node.name) || isGlobal(node.name) ? node.name : `${scope}.${node.name}`,
    Property(node, at, writer) {
      if (!node.shorthand) return undefined;
      const key = writer.text(node.key);
      return `${key === '__proto__' ? '["__proto__"]' : key}: ${writer.write(node.value, at)}`;
    },
    UnaryExpression({ argument, operator }, at) {
      if (argument.type !== 'Identifier' || at.names.has(argument.name) || isGlobal(argument.name))
        return undefined;
      if (operator === 'typeof') return `typeof ${runtime}.peek(${JSON.stringify(argument.name)})`;
      return operator === 'delete' ? `delete ${scope}.${argument.name}` : undefined;
    },
  };
}
