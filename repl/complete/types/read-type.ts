import { after, children, items, stringValue, type SyntaxNode } from '../analyze/tree.ts';
import {
  any,
  boolean,
  listOf,
  literal,
  type Member,
  named,
  nothing,
  type Parameter,
  type Signature,
  type Type,
  union,
} from './type.ts';

/** What the names of types in a text stand for. */
export interface TypeNames {
  readonly text: string;
  /** The parameters of types, such as `T`. */
  readonly variables: ReadonlySet<string>;
  /** The type of a name that is not one of TypeScript's own. */
  readonly resolve: (name: string, of: readonly Type[]) => Type | undefined;
}

/** Reads a type as TypeScript writes it. What is not understood is `any`. */
export function readType(node: SyntaxNode | undefined | null, names: TypeNames): Type {
  return (node && readers[node.name]?.(node, names)) ?? any;
}

/** Reads the type after a colon. */
export function readAnnotation(owner: SyntaxNode, names: TypeNames): Type | undefined {
  const annotation = owner.name === 'TypeAnnotation' ? owner : owner.getChild('TypeAnnotation');
  return annotation ? readType(items(annotation)[0], names) : undefined;
}

type Reader = (node: SyntaxNode, names: TypeNames) => Type;

const readers: Readonly<Record<string, Reader>> = {
  TypeName: (node, names) => readName(textOf(node, names), [], names),
  ParameterizedType(node, names) {
    const [name, list] = [node.firstChild, node.getChild('TypeArgList')];
    const of = list ? items(list).map(item => readType(item, names)) : [];
    return name ? readName(textOf(name, names), of, names) : any;
  },
  ArrayType: (node, names) => listOf(readType(node.firstChild, names)),
  TupleType: (node, names) => named('Tuple', ...items(node).map(item => readType(item, names))),
  ReadonlyType: (node, names) => readType(items(node).at(-1), names),
  ParenthesizedType: (node, names) => readType(items(node)[0], names),
  UnionType: (node, names) =>
    union(
      items(node)
        .filter(({ name }) => name !== 'LogicOp')
        .map(item => readType(item, names)),
    ),
  NullType: () => nothing,
  VoidType: () => named('void'),
  LiteralType(node, names) {
    const [value] = children(node);
    if (value?.name === 'String') return literal(stringValue(names.text, value));
    const written = textOf(node, names);
    return written === 'true' || written === 'false' ? literal(written === 'true') : literal(Number(written));
  },
  FunctionSignature: (node, names) => ({ kind: 'function', signature: readSignature(node, names) }),
  ObjectType: (node, names) => ({ kind: 'object', members: readMembers(node, names) }),
};

/** Types of which the first argument tells what there is to read. */
const transparent: ReadonlySet<string> = new Set([
  'Awaited',
  'Loaded',
  'NonNullable',
  'Omit',
  'Partial',
  'Pick',
  'Promise',
  'Readonly',
  'Required',
]);

function readName(name: string, of: readonly Type[], names: TypeNames): Type {
  if (names.variables.has(name)) return { kind: 'variable', name };
  if (name === 'any' || name === 'unknown' || name === 'object') return any;
  if (name === 'undefined' || name === 'null') return nothing;
  if (name === 'boolean') return boolean;
  // What is typed at the prompt waits, and a promise stands for what it becomes.
  if (transparent.has(name)) return of[0] ?? any;
  if (name === 'ReadonlyArray') return named('Array', ...of);
  return names.resolve(name, of) ?? named(name, ...of);
}

/** The members of an interface or of the type of an object. */
export function readMembers(body: SyntaxNode, names: TypeNames): Member[] {
  return children(body, 'PropertyType', 'MethodType').flatMap(node => {
    const name = node.getChild('PropertyDefinition');
    if (!name) return [];
    const isMethod = node.name === 'MethodType';
    const type: Type = isMethod
      ? { kind: 'function', signature: readSignature(node, names) }
      : (readAnnotation(node, names) ?? any);
    return [{ name: textOf(name, names), kind: isMethod ? 'method' : 'property', type, distance: 0 }];
  });
}

function readSignature(node: SyntaxNode, outer: TypeNames): Signature {
  const list = node.getChild('TypeParamList');
  const variables = list ? children(list, 'TypeDefinition').map(each => textOf(each, outer)) : [];
  const names = { ...outer, variables: new Set([...outer.variables, ...variables]) };
  const returns =
    node.name === 'FunctionSignature'
      ? readType(after(node, 'Arrow') ?? items(node).at(-1), names)
      : (readAnnotation(node, names) ?? any);
  const parameters = node.getChild('ParamList');
  return { variables, parameters: parameters ? readParameters(parameters, names) : [], returns };
}

function readParameters(list: SyntaxNode, names: TypeNames): Parameter[] {
  return children(list, 'VariableDefinition').map(node => {
    const marks: string[] = [];
    let next = node.nextSibling;
    let annotation: SyntaxNode | undefined;
    for (; next && next.name !== ','; next = next.nextSibling) {
      if (next.name === 'TypeAnnotation') annotation = next;
      marks.push(next.name);
    }
    return {
      name: textOf(node, names),
      type: (annotation && readAnnotation(annotation, names)) ?? any,
      isRest: node.prevSibling?.name === 'Spread',
      isOptional: marks.includes('Optional'),
    };
  });
}

function textOf(node: SyntaxNode, { text }: TypeNames): string {
  return text.slice(node.from, node.to);
}
