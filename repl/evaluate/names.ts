import type { AnyNode, Node, Pattern, Program } from 'acorn';
import { childrenOf } from './writer.ts';

/** The names that a function, block or loop declares, and those around it. */
export class Names {
  readonly #own: ReadonlySet<string>;
  readonly #outer: Names | undefined;

  constructor(own: Iterable<string> = [], outer?: Names) {
    this.#own = new Set(own);
    this.#outer = outer;
  }

  has(name: string): boolean {
    return this.#own.has(name) || (this.#outer?.has(name) ?? false);
  }
}

/** The names that a pattern binds: `{ a, b: [c = 1] }` binds a and c. */
export function boundNames(pattern: Pattern | AnyNode): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element ? boundNames(element) : []));
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    default:
      return [];
  }
}

/** The let, const, class and function names of a list of statements. */
export function lexicalNames(statements: readonly Node[]): string[] {
  return (statements as readonly AnyNode[]).flatMap(statement => {
    switch (statement.type) {
      case 'VariableDeclaration':
        return statement.kind === 'var' ? [] : statement.declarations.flatMap(({ id }) => boundNames(id));
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        return statement.id ? [statement.id.name] : [];
      case 'LabeledStatement':
        return lexicalNames([statement.body]);
      default:
        return [];
    }
  });
}

/** The var names below a node, not looking into functions and classes. */
export function variableNames(node: Node): string[] {
  const any = node as AnyNode;
  switch (any.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return [];
    case 'VariableDeclaration':
      return any.kind === 'var' ? any.declarations.flatMap(({ id }) => boundNames(id)) : [];
    default:
      return childrenOf(node).flatMap(variableNames);
  }
}

/** The const names that a program gives to the prompt. */
export function constantNames(program: Program): string[] {
  return program.body.flatMap(statement => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const'
      ? declaration.declarations.flatMap(({ id }) => boundNames(id))
      : [];
  });
}
