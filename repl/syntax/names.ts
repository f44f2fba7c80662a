import type { AnyNode, Node, Pattern } from 'acorn';
import { childrenOf } from './walk.ts';

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

/**
 * The var names below a node, not looking into functions and classes. Outside of strict mode a function in a block is
 * one too, unless something around the block has its name.
 */
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
    case 'BlockStatement':
      return namesOfBlock(any.body);
    case 'SwitchStatement':
      return namesOfBlock(any.cases.flatMap(each => each.consequent));
    default:
      return childrenOf(node).flatMap(variableNames);
  }
}

function namesOfBlock(statements: readonly Node[]): string[] {
  const functions = functionNames(statements);
  const own = new Set(lexicalNames(statements).filter(name => !functions.includes(name)));
  return [...functions, ...statements.flatMap(variableNames).filter(name => !own.has(name))];
}

/** The plain functions among statements: those that their block gives to the function around it. */
export function functionNames(statements: readonly Node[]): string[] {
  return (statements as readonly AnyNode[]).flatMap(statement =>
    statement.type === 'FunctionDeclaration' && statement.id && !statement.async && !statement.generator
      ? [statement.id.name]
      : [],
  );
}
