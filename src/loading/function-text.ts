import type { AnyNode, CallExpression, MemberExpression, NewExpression, Node, Pattern } from 'acorn';
import { type FunctionNode, isFunction, keyOf } from './function-node.ts';

/** The object that a function is called on, as a root of a {@link Chain}. */
export const self = 0;
/** What a function returns, as a place that a {@link Chain} leads to. */
export const returned = 1;

/** Names that a function reads one after another: `this.ship.name` is `['ship', 'name']`, from {@link self}. */
export interface Chain {
  /** {@link self}, or the number of a variable. */
  readonly root: number;
  readonly path: readonly string[];
  /** {@link returned}, or the variable that holds what is found at its end. */
  readonly into?: number;
  /** Whether what is found may be turned into text there, or handed on. */
  readonly isShown: boolean;
}

/**
 * What a function reads of its object, as far as the text says so. The order of its statements does not count: a variable is
 * all that the function assigns to it.
 *
 * @param isGiven whether its parameters stand for the object, too, as what a hook is given does
 */
export function chainsOf(node: FunctionNode, isGiven: boolean): readonly Chain[] {
  return new FunctionText().read(node, isGiven ? [{ root: self, path: [] }] : []);
}

type Start = Pick<Chain, 'root' | 'path'>;

/** Reads one function, and those inside it as if they were called. */
class FunctionText {
  readonly #chains = new Map<string, Chain>();
  readonly #variables = new Map<string, number>();
  /** The functions that variables hold, which in turn hold what these return. */
  readonly #functions = new Map<string, FunctionNode>();
  /** What the functions around the node return, the innermost last. */
  readonly #results: Start[][] = [];

  read(node: FunctionNode, given: readonly Start[]): readonly Chain[] {
    this.#emit(this.#function(node, given), { into: returned });
    return [...this.#chains.values()];
  }

  #emit(starts: readonly Start[], { into, isShown = false }: { into?: number; isShown?: boolean }): void {
    for (const { root, path } of starts) {
      if (path.length === 0 && into === undefined && !isShown) continue;
      const chain: Chain = { root, path, isShown, ...(into === undefined ? {} : { into }) };
      this.#chains.set(JSON.stringify(chain), chain);
    }
  }

  /** What may come of a function whose parameters hold what it is called for. */
  #function(node: FunctionNode, given: readonly Start[]): readonly Start[] {
    for (const parameter of node.params) this.#bind(parameter, given);
    if (node.body.type !== 'BlockStatement') return this.#value(node.body);
    const results: Start[] = [];
    this.#results.push(results);
    this.#visit(node.body);
    this.#results.pop();
    return results;
  }

  #show(node: Node): void {
    this.#emit(this.#value(node), { isShown: true });
  }

  /** For what is computed with, and shown nowhere. */
  #look(node: Node): void {
    this.#emit(this.#value(node), {});
  }

  #visit(node: Node): void {
    for (const child of childrenOf(node)) this.#look(child);
  }

  /** What an expression may be; of any other node nothing. */
  #value(given: Node): readonly Start[] {
    const node = given as AnyNode;
    switch (node.type) {
      case 'ThisExpression':
        return [{ root: self, path: [] }];
      case 'Identifier':
        return [{ root: this.#variable(node.name), path: [] }];
      case 'MemberExpression':
        return this.#member(node);
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node);
      case 'ChainExpression':
        return this.#value(node.expression);
      case 'ParenthesizedExpression':
        return this.#value(node.expression);
      case 'AwaitExpression':
      case 'SpreadElement':
        return this.#value(node.argument);
      case 'ConditionalExpression':
        this.#look(node.test);
        return [...this.#value(node.consequent), ...this.#value(node.alternate)];
      case 'LogicalExpression':
        return [...this.#value(node.left), ...this.#value(node.right)];
      case 'AssignmentExpression': {
        const value = this.#value(node.right);
        this.#bind(node.left, value);
        return value;
      }
      case 'ArrayExpression':
        return node.elements.flatMap(element => (element ? this.#value(element) : []));
      case 'ObjectExpression':
        return node.properties.flatMap(property => {
          const value = this.#value(property.type === 'SpreadElement' ? property.argument : property.value);
          this.#emit(value, { isShown: true });
          return value;
        });
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return this.#function(node, []);
      case 'TemplateLiteral':
        for (const expression of node.expressions) this.#show(expression);
        return [];
      case 'BinaryExpression':
        for (const operand of [node.left, node.right])
          if (/^(?:[-+*/%]|[<>]=?)$/.test(node.operator)) this.#show(operand);
          else this.#look(operand);
        return [];
      case 'VariableDeclarator':
        if (node.id.type === 'Identifier' && node.init && isFunction(node.init))
          this.#functions.set(node.id.name, node.init);
        this.#bind(node.id, node.init ? this.#value(node.init) : []);
        return [];
      case 'ForOfStatement': {
        const items = this.#value(node.right);
        const target = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
        if (target) this.#bind(target, items);
        this.#look(node.body);
        return [];
      }
      case 'ReturnStatement': {
        const value = node.argument ? this.#value(node.argument) : [];
        this.#emit(value, {});
        this.#results.at(-1)?.push(...value);
        return [];
      }
      default:
        this.#visit(node);
        return [];
    }
  }

  #member({ object, property, computed }: MemberExpression): readonly Start[] {
    const starts = this.#value(object);
    const key = property as AnyNode;
    const name = keyOf(key, computed);
    if (name !== undefined) return starts.map(start => read(start, name));
    this.#show(property);
    return starts;
  }

  /** What is called may return what it is called on or for, or what a callback does, which is called for the items. */
  #call({ callee, arguments: given }: CallExpression | NewExpression): readonly Start[] {
    const called = this.#value(callee);
    this.#emit(called, { isShown: called.some(({ path }) => SHOWING.has(path.at(-1) ?? '')) });
    const isText = callee.type === 'Identifier' && callee.name === 'String';
    const local = callee.type === 'Identifier' ? this.#functions.get(callee.name) : undefined;
    const plain: Start[] = [];
    for (const [index, argument] of given.entries()) {
      if (isFunction(argument)) continue;
      const value = this.#value(argument);
      const parameter = local?.params[index];
      if (parameter) this.#bind(parameter, value);
      // Functions that are given the object itself mostly want something else of it than a text.
      this.#emit(value, { isShown: isText || argument.type !== 'ThisExpression' });
      plain.push(...value);
    }
    const items = callee.type === 'MemberExpression' ? called.map(withoutLast) : [];
    const results = given
      .filter(isFunction)
      .flatMap(callback => this.#function(callback, [...items, ...plain]));
    return [...called, ...plain, ...results];
  }

  #bind(pattern: Pattern, starts: readonly Start[]): void {
    switch (pattern.type) {
      case 'Identifier':
        this.#emit(starts, { into: this.#variable(pattern.name) });
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') {
            this.#bind(property.argument, starts);
            continue;
          }
          const { key, value, computed } = property;
          const name = keyOf(key, computed);
          this.#bind(
            value,
            starts.map(start => (name === undefined ? start : read(start, name))),
          );
        }
        return;
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element) this.#bind(element, starts);
        return;
      case 'RestElement':
        this.#bind(pattern.argument, starts);
        return;
      case 'AssignmentPattern':
        this.#bind(pattern.left, starts);
        this.#bind(pattern.left, this.#value(pattern.right));
        return;
      default:
        // A property that is assigned to is not read, but what has it is.
        if (pattern.type === 'MemberExpression') this.#look(pattern.object);
    }
  }

  #variable(name: string): number {
    const known = this.#variables.get(name);
    if (known !== undefined) return known;
    const made = this.#variables.size + returned + 1;
    this.#variables.set(name, made);
    return made;
  }
}

/** Methods of lists that make a text of the items. */
const SHOWING: ReadonlySet<string> = new Set(['join', 'toString', 'toLocaleString', 'sort', 'toSorted']);

function withoutLast({ root, path }: Start): Start {
  return { root, path: path.slice(0, -1) };
}

function read({ root, path }: Start, name: string): Start {
  return { root, path: [...path, name] };
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(isNode),
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
