import type { AnyNode, Function as FunctionNode, Node, Pattern } from 'acorn';
import { boundNames, lexicalNames, variableNames } from '../../syntax/names.ts';
import { inFunction, type Position } from './position.ts';
import type { Writer } from './writer.ts';
import { temporary, withTemporaries } from './awaited.ts';
import { asDeclarators, destructure } from './destructure.ts';

/**
 * Writes a function and declares its temporaries.
 *
 * @param async whether to write it as an async function, even if it was not typed as one; its parameters are then
 * destructured in its body, where that can wait
 */
export function writeFunction(node: FunctionNode, at: Position, writer: Writer, async = node.async): string {
  const inside = inFunction(at, namesInside(node), async);
  const becomesAsync = async && !node.async;
  const declarators: string[] = [];
  const head = writer.fill({ ...node, end: endOfHead(node, writer) }, node.params, hole => {
    if (!becomesAsync || !/^(Object|Array)Pattern$/.test(hole.type))
      return writeOutsideBody(hole, { ...inside, canAwait: false }, writer);
    const given = temporary(inside);
    declarators.push(...asDeclarators(destructure(hole as Pattern, given, inside, writer, hole)));
    return given;
  });
  const before = declarators.length > 0 ? `var ${declarators.join(', ')}; ` : '';
  return `${becomesAsync ? 'async ' : ''}${head} ${writeBody(node.body, inside, writer, before)}`;
}

function namesInside(node: FunctionNode): string[] {
  return [
    ...node.params.flatMap(boundNames),
    ...variableNames(node.body),
    ...(node.body.type === 'BlockStatement' ? lexicalNames(node.body.body) : []),
    ...(node.type === 'ArrowFunctionExpression' ? [] : ['arguments']),
    ...(node.type === 'FunctionExpression' && node.id ? [node.id.name] : []),
  ];
}

function endOfHead(node: FunctionNode, writer: Writer): number {
  if (node.type !== 'ArrowFunctionExpression') return node.body.start;
  const start = node.params.at(-1)?.end ?? node.start;
  return writer.source.indexOf('=>', start) + 2;
}

function writeBody(body: FunctionNode['body'], inside: Position, writer: Writer, before: string): string {
  if (body.type === 'BlockStatement') {
    const written = writer.copy(body, inside);
    return withTemporaries(before ? `{ ${before}${written.slice(1)}` : written, inside.temporaries);
  }
  const value = writer.operand(body, inside);
  if (inside.temporaries.size === 0) return `(${value})`;
  return withTemporaries(`{ ${before}return ${value}; }`, inside.temporaries);
}

/** Writes what no function body surrounds that could declare temporaries: a parameter, a class field. */
export function writeOutsideBody(node: Node, at: Position, writer: Writer): string {
  if (node.type.endsWith('Pattern') || node.type === 'RestElement')
    return writer.fill(node, computedParts(node as AnyNode), hole => writeOutsideBody(hole, at, writer));
  const inside = inFunction(at, [], false);
  const value = writer.operand(node, inside);
  return inside.temporaries.size === 0 ? value : `((${[...inside.temporaries].join(', ')}) => ${value})()`;
}

/** The parts of a parameter that are computed: default values and computed keys. */
function computedParts(pattern: AnyNode): Node[] {
  switch (pattern.type) {
    case 'AssignmentPattern':
      return [...computedParts(pattern.left), pattern.right];
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        property.type === 'RestElement'
          ? []
          : [...(property.computed ? [property.key] : []), ...computedParts(property.value as AnyNode)],
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element ? computedParts(element) : []));
    case 'RestElement':
      return computedParts(pattern.argument);
    default:
      return [];
  }
}
