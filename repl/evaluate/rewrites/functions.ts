import type { AnyNode, Class, Function as FunctionNode, Node, Pattern } from 'acorn';
import { boundNames, functionNames, lexicalNames, Names, variableNames } from '../../syntax/names.ts';
import { scope, temporary, terminated, type Rewrite, type Position, type Writer } from '../writer.ts';
import { declarators, destructure } from './patterns.ts';

/**
 * Functions, classes and blocks: they declare names, and they decide whether a promise can be awaited inside. Only
 * async functions can; parameters and class fields never can.
 */
export const functions: Rewrite = {
  FunctionDeclaration(node, at, writer) {
    const written = writeFunction(node, at, writer);
    const [name] = at.level === 'prompt block' ? functionNames([node]) : [];
    return name ? `${written} ${scope}.${name} = ${name};` : written;
  },
  FunctionExpression: (node, at, writer) => writeFunction(node, at, writer),
  ArrowFunctionExpression: (node, at, writer) => writeFunction(node, at, writer),
  ClassDeclaration: (node, at, writer) => writeClass(node, at, writer),
  ClassExpression: (node, at, writer) => writeClass(node, at, writer),
  PropertyDefinition(node, at, writer) {
    const outside = node.computed ? [node.key] : [];
    const holes = node.value ? [...outside, node.value] : outside;
    const inside = (hole: Node) =>
      hole === node.key ? writer.write(hole, at) : writeAlone(hole, at, writer);
    return terminated(writer.fill(node, holes, inside));
  },
  StaticBlock(node, at, writer) {
    const inside = functionPlace(
      at,
      [...lexicalNames(node.body), ...node.body.flatMap(variableNames)],
      false,
    );
    const body = writer.copy(node, inside);
    return withTemporaries(body, inside.temporaries);
  },
  BlockStatement: (node, at, writer) => writer.copy(node, block(at, lexicalNames(node.body))),
  SwitchStatement(node, at, writer) {
    const names = lexicalNames(node.cases.flatMap(each => each.consequent));
    return writer.fill(node, [node.discriminant, ...node.cases], hole =>
      writer.write(hole, hole === node.discriminant ? at : block(at, names)),
    );
  },
  CatchClause(node, at, writer) {
    const inside = block(at, node.param ? boundNames(node.param) : []);
    return writer.copy(node, inside);
  },
};

/** The place inside a block that declares names. */
export function block(at: Position, names: readonly string[]): Position {
  const level = at.level === 'prompt' ? 'prompt block' : at.level;
  return { ...at, level, raw: false, names: new Names(names, at.names) };
}

/**
 * @param async whether to write it as an async function, whatever was typed; its parameters are then taken apart in its
 * body, where that can wait
 * @returns the function, its temporaries declared
 */
export function writeFunction(node: FunctionNode, at: Position, writer: Writer, async = node.async): string {
  const arrow = node.type === 'ArrowFunctionExpression';
  const own = [
    ...node.params.flatMap(boundNames),
    ...variableNames(node.body),
    ...(node.body.type === 'BlockStatement' ? lexicalNames(node.body.body) : []),
    ...(arrow ? [] : ['arguments']),
    ...(node.type === 'FunctionExpression' && node.id ? [node.id.name] : []),
  ];
  const inside = functionPlace(at, own, async);
  const parameters = { ...inside, awaitable: false };
  const { body } = node;
  const callback = async && !node.async;
  const taken: string[] = [];
  const head = writer.fill({ ...node, end: endOfHead(node, writer) }, node.params, hole => {
    if (!callback || !/^(Object|Array)Pattern$/.test(hole.type)) return writeAlone(hole, parameters, writer);
    const given = temporary(inside);
    taken.push(...declarators(destructure(hole as Pattern, given, inside, writer, hole)));
    return given;
  });
  const written = writeBody(body, inside, writer, taken.length > 0 ? `var ${taken.join(', ')}; ` : '');
  return `${callback ? 'async ' : ''}${head} ${written}`;
}

/** Writes what has no function body around it to declare temporaries in: a default value, a class field. */
function writeAlone(node: Node, at: Position, writer: Writer): string {
  const inside = functionPlace(at, [], false);
  if ((node as AnyNode).type.endsWith('Pattern') || node.type === 'RestElement')
    return writer.fill(node, defaultsOf(node as AnyNode), hole => writeAlone(hole, at, writer));
  const value = writer.operand(node, inside);
  return inside.temporaries.size === 0 ? value : `((${[...inside.temporaries].join(', ')}) => ${value})()`;
}

/** The parts of a parameter that are computed: default values and computed keys. */
function defaultsOf(pattern: AnyNode): Node[] {
  switch (pattern.type) {
    case 'AssignmentPattern':
      return [...defaultsOf(pattern.left), pattern.right];
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        property.type === 'RestElement'
          ? []
          : [...(property.computed ? [property.key] : []), ...defaultsOf(property.value as AnyNode)],
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element ? defaultsOf(element) : []));
    case 'RestElement':
      return defaultsOf(pattern.argument);
    default:
      return [];
  }
}

function writeBody(body: FunctionNode['body'], inside: Position, writer: Writer, before = ''): string {
  if (body.type === 'BlockStatement') {
    const written = writer.copy(body, inside);
    return withTemporaries(before ? `{ ${before}${written.slice(1)}` : written, inside.temporaries);
  }
  const value = writer.operand(body, inside);
  if (inside.temporaries.size === 0) return `(${value})`;
  return withTemporaries(`{ ${before}return ${value}; }`, inside.temporaries);
}

/** Declares temporaries at the end of a body, where they move no line and no directive. */
export function withTemporaries(body: string, temporaries: ReadonlySet<string>): string {
  return temporaries.size === 0 ? body : body.replace(/\}$/, `; var ${[...temporaries].join(', ')}; }`);
}

function endOfHead(node: FunctionNode, writer: Writer): number {
  if (node.type !== 'ArrowFunctionExpression') return node.body.start;
  const from = node.params.at(-1)?.end ?? node.start;
  return writer.source.indexOf('=>', from) + 2;
}

function functionPlace(at: Position, names: readonly string[], awaitable: boolean): Position {
  return {
    awaitable,
    level: 'function',
    names: new Names(names, at.names),
    temporaries: new Set(),
    raw: false,
  };
}

/** A class at the prompt's top level becomes the prompt's; inside, its own name means itself. */
function writeClass(node: Class, at: Position, writer: Writer): string {
  const inside = { ...at, raw: false, names: new Names(node.id ? [node.id.name] : [], at.names) };
  return writer.copy(node, inside);
}
