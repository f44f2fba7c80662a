import type * as acorn from 'acorn';
import type { AnyNode, ArrowFunctionExpression, Expression, FunctionExpression, Node } from 'acorn';
import { createRequire } from 'node:module';
import { asWritten } from '../entity/install-inspect.ts';

export type FunctionNode = ArrowFunctionExpression | FunctionExpression;

/** A method or a getter that a class has or inherits. @returns undefined if there is none, or none whose text can be read */
export function functionOf(prototype: object, key: PropertyKey): FunctionNode | undefined {
  for (let owner: object | null = prototype; owner && owner !== Object.prototype;) {
    const property = Object.getOwnPropertyDescriptor(owner, key);
    const written = methodsOf(owner).get(key);
    if (property || written) return written ?? nodeOf(Reflect.get(property ?? {}, 'get') ?? property?.value);
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return undefined;
}

/** The name of a property, if the text says it. */
export function keyOf(key: AnyNode, computed: boolean): string | undefined {
  if (key.type === 'Literal') return String(key.value);
  return key.type === 'Identifier' && !computed ? key.name : undefined;
}

export function isFunction(node: Node): node is FunctionNode {
  const { type } = node as AnyNode;
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression';
}

const methods = new WeakMap<object, ReadonlyMap<PropertyKey, FunctionNode>>();

/** The methods and getters in the text of a class. MikroORM puts functions in their place that do not show theirs. */
function methodsOf(prototype: object): ReadonlyMap<PropertyKey, FunctionNode> {
  const known = methods.get(prototype);
  if (known) return known;
  const found = new Map<PropertyKey, FunctionNode>();
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  const [expression] = typeof made === 'function' ? expressionsIn(textOf(made)) : [];
  if (expression?.type === 'ClassExpression')
    for (const member of expression.body.body) {
      if (member.type !== 'MethodDefinition' || member.static || !/^(?:get|method)$/.test(member.kind))
        continue;
      const name = keyOf(member.key, member.computed);
      if (name !== undefined) found.set(name, member.value);
    }
  methods.set(prototype, found);
  return found;
}

/** What a function is, by its text. A method is no expression by itself. @returns undefined for one whose text cannot be read */
export function nodeOf(given: unknown): FunctionNode | undefined {
  const made = asWritten(given);
  if (typeof made !== 'function') return undefined;
  const text = textOf(made);
  const [alone] = expressionsIn(text);
  if (alone) return isFunction(alone) ? alone : undefined;
  const [object] = expressionsIn(`{ ${text} }`);
  const [property] = object?.type === 'ObjectExpression' ? object.properties : [];
  return property?.type === 'Property' && isFunction(property.value) ? property.value : undefined;
}

/** The expression that a text is; none for what is not JavaScript. */
function expressionsIn(text: string): readonly Expression[] {
  try {
    const { body } = parser().parse(`(${text})`, { ecmaVersion: 'latest' });
    return body.flatMap(statement =>
      statement.type === 'ExpressionStatement' ? [statement.expression] : [],
    );
  } catch {
    return [];
  }
}

/** Many programs look at no function, and the parser takes a good part of the time that a session takes to open. */
function parser(): Pick<typeof acorn, 'parse'> {
  loaded ??= createRequire(import.meta.url)('acorn') as typeof acorn;
  return loaded;
}

let loaded: typeof acorn | undefined;

function textOf(made: unknown): string {
  return Reflect.apply(showText, made, []);
}

const showText = Reflect.get(Function.prototype, 'toString');
