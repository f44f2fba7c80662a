import { parser } from '@lezer/python';

/** A node of a Python program, as `@lezer/python` names it. Comments are not in it. */
export interface PyNode {
  readonly type: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly children: readonly PyNode[];
}

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** A program, and where it is wrong if it is. */
export interface PyProgram {
  readonly statements: readonly PyNode[];
  /** The position of the first mistake; undefined for a correct program. */
  readonly error: number | undefined;
}

/** Parses Python. Never throws. */
export function parsePython(text: string): PyProgram {
  let error: number | undefined;
  const copy = (node: SyntaxNode): PyNode => {
    const children: PyNode[] = [];
    if (node.type.isError) error ??= node.from;
    for (let inner = node.firstChild; inner; inner = inner.nextSibling)
      if (inner.name !== 'Comment') children.push(copy(inner));
    return { type: node.name, text: text.slice(node.from, node.to), from: node.from, to: node.to, children };
  };
  const { children } = copy(parser.parse(text).topNode);
  return { statements: flat(children), error };
}

/** Statements that stand on one line. */
function flat(statements: readonly PyNode[]): readonly PyNode[] {
  return statements.flatMap(each =>
    each.type === 'StatementGroup' ? each.children.filter(({ type }) => type !== ';') : [each],
  );
}

/** The statements of a `Body`. */
export function bodyOf(node: PyNode): readonly PyNode[] {
  return flat(node.children.filter(({ type }) => type !== ':'));
}

/** The first child of a type. */
export function child(node: PyNode, type: string): PyNode | undefined {
  return node.children.find(each => each.type === type);
}

/** Cuts children at separators; empty parts are left out. */
export function parts(children: readonly PyNode[], separator = ','): PyNode[][] {
  const found: PyNode[][] = [[]];
  for (const each of children)
    if (each.type === separator) found.push([]);
    else found.at(-1)?.push(each);
  return found.filter(part => part.length > 0);
}

/** What stands between brackets. */
export function inside({ children }: PyNode): readonly PyNode[] {
  return children.slice(1, -1);
}

/** Calls a function with a node and everything in it. */
export function walk(node: PyNode, visit: (node: PyNode) => void): void {
  visit(node);
  for (const inner of node.children) walk(inner, visit);
}

/** The names that stand in some nodes, whatever they are there. */
export function namesIn(nodes: readonly PyNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes)
    walk(node, ({ type, text }) => {
      if (type === 'VariableName') names.add(text);
    });
  return names;
}

/** The names whose values statements need from before them. */
export function neededBy(statements: readonly PyNode[]): ReadonlySet<string> {
  const needed = new Set<string>();
  const given = new Set<string>();
  for (const statement of statements) {
    const { type, children } = statement;
    const last = children.findLastIndex(({ type: inner }) => inner === 'AssignOp');
    const isFor = type === 'ForStatement';
    const read = type === 'AssignStatement' ? children.slice(last) : children;
    const loop = isFor
      ? namesIn(
          children.slice(
            1,
            children.findIndex(({ type: inner }) => inner === 'in'),
          ),
        )
      : [];
    const own = new Set([...given, ...loop]);
    for (const name of freeIn(read)) if (!own.has(name)) needed.add(name);
    if (type === 'AssignStatement') for (const name of boundIn([statement])) given.add(name);
  }
  return needed;
}

/** The names in some nodes that are not those of a comprehension, a lambda or a function in them. */
function freeIn(nodes: readonly PyNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    const { type, text, children } = node;
    if (type === 'VariableName') names.add(text);
    const own = new Set<string>();
    const list = child(node, 'ParamList');
    if (list) for (const name of namesIn([list])) own.add(name);
    if (type === 'FunctionDefinition')
      for (const name of boundIn(bodyOf(child(node, 'Body') ?? node))) own.add(name);
    let isTarget = false;
    const isGenerator = type.includes('Comprehension') || type === 'ArgList';
    for (const inner of isGenerator ? children : []) {
      if (inner.type === 'for') isTarget = true;
      else if (inner.type === 'in') isTarget = false;
      else if (isTarget) for (const name of namesIn([inner])) own.add(name);
    }
    for (const name of freeIn(children)) if (!own.has(name)) names.add(name);
  }
  return names;
}

/** The names that statements bind in their own scope. */
export function boundIn(nodes: readonly PyNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: PyNode): void => {
    const { type, children } = node;
    if (type === 'FunctionDefinition') {
      const name = child(node, 'VariableName');
      if (name) names.add(name.text);
      return;
    }
    if (type === 'LambdaExpression' || type.includes('Comprehension')) return;
    const last = children.findLastIndex(
      each => each.type === 'AssignOp' || each.type === 'UpdateOp' || each.type === 'in',
    );
    const isBinding = type === 'AssignStatement' || type === 'UpdateStatement' || type === 'ForStatement';
    if (isBinding) for (const target of children.slice(0, last)) targets(target, names);
    const as = children.findIndex(each => each.type === 'as');
    if (as >= 0 && children[as + 1]) targets(children[as + 1] as PyNode, names);
    for (const inner of children) visit(inner);
  };
  for (const node of nodes) visit(node);
  return names;
}

function targets({ type, text, children }: PyNode, names: Set<string>): void {
  if (type === 'VariableName') names.add(text);
  else if (type === 'TupleExpression' || type === 'ArrayExpression')
    for (const each of children) targets(each, names);
}
