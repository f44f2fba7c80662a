import type { AnyNode, FunctionDeclaration, Node, Pattern } from 'acorn';
import { childrenOf } from './walk.ts';

/** The names that a function, block or loop declares, and those of the ones around it. */
export class Names {
  readonly #declared: ReadonlySet<string>;
  readonly #outer: Names | undefined;

  constructor(declared: Iterable<string> = [], outer?: Names) {
    this.#declared = new Set(declared);
    this.#outer = outer;
  }

  has(name: string): boolean {
    return this.#declared.has(name) || (this.#outer?.has(name) ?? false);
  }

  /** All of them, the inner ones first. */
  *[Symbol.iterator](): Iterator<string> {
    yield* this.#declared;
    if (this.#outer) yield* this.#outer;
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

/** The names that statements declare with let, const, class, function or import. */
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
      case 'ImportDeclaration':
        return statement.specifiers.map(({ local }) => local.name);
      default:
        return [];
    }
  });
}

/** The names that are declared with var below a node, but not inside functions and classes. */
export function variableNames(node: Node): string[] {
  const any = node as AnyNode;
  if (isFunctionOrClass(any)) return [];
  if (any.type !== 'VariableDeclaration') return childrenOf(node).flatMap(variableNames);
  return any.kind === 'var' ? any.declarations.flatMap(({ id }) => boundNames(id)) : [];
}

/**
 * The functions in blocks below statements whose names are visible outside those blocks, as they are outside of strict
 * mode, unless something on the way declares the name in another way.
 *
 * @param taken the names that something around the statements declares
 */
export function hoistedNames(statements: readonly Node[], taken: readonly string[] = []): string[] {
  const lexical = lexicalNames(statements);
  const functions = functionNames(statements);
  const isFree = (name: string) =>
    !taken.includes(name) && (!lexical.includes(name) || functions.includes(name));
  return statements.flatMap(hoistedBelow).filter(isFree);
}

function hoistedBelow(node: Node): string[] {
  const any = node as AnyNode;
  // There are statements in functions and classes only, which have their own.
  if (isFunctionOrClass(any) || any.type.endsWith('Expression')) return [];
  switch (any.type) {
    case 'BlockStatement':
      return hoistedFromBlock(any.body);
    case 'SwitchStatement':
      return hoistedFromBlock(any.cases.flatMap(each => each.consequent));
    case 'IfStatement':
      return [any.consequent, ...(any.alternate ? [any.alternate] : [])].flatMap(each =>
        each.type === 'FunctionDeclaration' ? hoistedFromBlock([each]) : hoistedBelow(each),
      );
    case 'ForStatement':
      return hoistedNames([any.body], any.init ? lexicalNames([any.init]) : []);
    case 'ForInStatement':
    case 'ForOfStatement':
      return hoistedNames([any.body], lexicalNames([any.left]));
    case 'CatchClause':
      return hoistedNames(
        [any.body],
        any.param && any.param.type !== 'Identifier' ? boundNames(any.param) : [],
      );
    default:
      return childrenOf(node).flatMap(hoistedBelow);
  }
}

function hoistedFromBlock(statements: readonly Node[]): string[] {
  return [...functionNames(statements), ...hoistedNames(statements)];
}

function isFunctionOrClass({ type }: AnyNode): boolean {
  return /^(?:Function|ArrowFunction|Class)(?:Declaration|Expression)$/.test(type);
}

/** The functions among statements whose names are visible outside their block: neither async ones nor generators. */
export function functionNames(statements: readonly Node[]): string[] {
  return (statements as readonly AnyNode[]).flatMap(statement =>
    statement.type === 'FunctionDeclaration' && statement.id && !statement.async && !statement.generator
      ? [statement.id.name]
      : [],
  );
}

/** The functions that statements declare, also behind a label. */
export function functionDeclarations(statements: readonly Node[]): FunctionDeclaration[] {
  return (statements as readonly AnyNode[]).flatMap(statement => {
    if (statement.type === 'LabeledStatement') return functionDeclarations([statement.body]);
    return statement.type === 'FunctionDeclaration' && statement.id ? [statement] : [];
  });
}
