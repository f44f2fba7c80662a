import type { AnyNode, Expression, Function as FunctionNode, Node } from 'acorn';
import { childrenOf } from '../../syntax/walk.ts';
import { withTemporaries } from './awaited.ts';
import { madeUp, runtime, runtimeOfCoroutine } from './compiled-names.ts';
import { inFunction, type Position } from './position.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Writer } from './writer.ts';

/**
 * A function of two parameters that computes one value, as comparators do, written as a coroutine that a sort makes once
 * and asks for each comparison: to make a coroutine for each costs more than the comparison.
 *
 * @returns undefined for any other function, and for one of which the copy would be long
 */
export function writeComparison(node: FunctionNode, at: Position, writer: Writer): string | undefined {
  const value = computedValue(node);
  const names = node.params.map(parameter => (parameter.type === 'Identifier' ? parameter.name : ''));
  const isNamed = node.type === 'FunctionExpression' && node.id;
  const isComparator =
    names.length === 2 &&
    names[0] !== names[1] &&
    !names.includes('') &&
    !node.generator &&
    !node.async &&
    !isNamed;
  if (!value || !isComparator || !isShort(value, writer) || looksAround(node)) return undefined;
  const pair = `${madeUp}pair`;
  const arePlain = assigns(value) ? undefined : { names, known: `${pair}.arePlain` };
  const inside = { ...inFunction(at, names, 'pause'), arePlain };
  const computed = writer.returned(value, inside);
  const body = `{ let ${names[0]} = ${pair}.one, ${names[1]} = ${pair}.other; ${pair}.answer = ${computed}; yield ${pair}; }`;
  const loop = `{ const ${runtimeOfCoroutine} = ${runtime}.begun(); for (;;) ${body} }`;
  return `function* (${pair}) ${withTemporaries(loop, inside.temporaries)}`;
}

/** The expression that is all that a function does. */
function computedValue({ body }: FunctionNode): Expression | undefined {
  if (body.type !== 'BlockStatement') return body;
  const [only, ...others] = body.body;
  return only?.type === 'ReturnStatement' && others.length === 0 ? (only.argument ?? undefined) : undefined;
}

/** On one line, as the copy must not move others, and without functions, which would be copied for each around them. */
function isShort(value: Expression, writer: Writer): boolean {
  return !writer.text(value).includes('\n') && !hasFunction(value);
}

function hasFunction(node: Node): boolean {
  const { type } = node as AnyNode;
  return /Function|Class|YieldExpression/.test(type) || childrenOf(node).some(hasFunction);
}

/** Whether a parameter may become something else than an item. */
function assigns(node: Node): boolean {
  const { type } = node as AnyNode;
  return /^(?:Assignment|Update)Expression$/.test(type) || childrenOf(node).some(assigns);
}

function looksAround(node: FunctionNode): boolean {
  return Object.values(surroundingsOf(node)).includes(true);
}
