import type { AnyNode, Function as FunctionNode, Node, Pattern, RestElement } from 'acorn';
import { walk } from '../../syntax/walk.ts';
import { inFunction, type Position } from './position.ts';
import { madeUp, runtime, runtimeOfCoroutine } from './compiled-names.ts';
import type { Writer } from './writer.ts';
import { temporary } from './awaited.ts';
import { asDeclarators, destructure } from './destructure.ts';
import { writeComparison } from './comparisons.ts';
import { writeBody } from './function-bodies.ts';
import {
  bodyNames,
  declaresArguments,
  inHead,
  isStrictInside,
  keywordFor,
  namesInside,
} from './function-names.ts';
import { writeNamedValue } from './named-value.ts';
import { describe } from './registrations.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

/**
 * Writes a function that is an expression. An ordinary one becomes a coroutine: a generator that the runtime drives.
 *
 * @param name the name that it gets from what it is assigned to, as JavaScript
 */
export function writeFunction(node: FunctionNode, at: Position, writer: Writer, name: string): string {
  if (node.async) {
    const text = JSON.stringify(writer.typed(node));
    const given = node.type === 'FunctionExpression' && node.id ? '""' : name;
    return `${runtime}.native(${writeNative(node, at, writer, 'await')}, ${text}, ${given})`;
  }
  const seen = surroundingsOf(node);
  if (seen.fixed) return writeNative(node, at, writer, 'never');
  const own = node.type === 'FunctionExpression' && node.id ? node.id.name : undefined;
  const isArrow = node.type === 'ArrowFunctionExpression';
  const body = writeCoroutine(node, at, writer, seen);
  const described = describe(node, own === undefined ? name : JSON.stringify(own), writer);
  const code = node.generator
    ? `${runtime}.generator(${body}, ${described})`
    : `${runtime}.typed(${[body, described, ...moreAbout(node, at, writer, isArrow)].join(', ')})`;
  if (own !== undefined) return `(() => { const ${own} = ${code}; return ${own}; })()`;
  return isArrow ? captured(code, seen, at) : code;
}

/** A declaration, which JavaScript hoists: a function beside its coroutine. {@link writeRegistrations} comes first. */
export function writeFunctionDeclaration(node: FunctionNode, at: Position, writer: Writer): string {
  const name = node.id?.name ?? '';
  const seen = surroundingsOf(node);
  if (node.async || seen.fixed) return writeNative(node, at, writer, node.async ? 'await' : 'never');
  const coroutine = coroutineName(node);
  const body = writeCoroutine(node, at, writer, seen, coroutine);
  const entered = node.generator
    ? `enterGenerator(${coroutine}, this, arguments, ${name})`
    : `enter(${coroutine}, this, arguments, new.target)`;
  return `${body} function ${name}() { 'use strict'; return ${runtime}.${entered}; }`;
}

/**
 * A method that can wait is written as a generator of its class or object, which keeps its `super`.
 *
 * @param mark a comment for it, by which the runtime finds it
 */
export function writeMethodCoroutine(node: FunctionNode, at: Position, writer: Writer, mark = ''): string {
  const written = writeCoroutine(node, at, writer, surroundingsOf(node));
  return written.replace(/^function\* /, '').replace(') {', () => `) {${mark}`);
}

/** Whether a function is an arrow function, and how it compares, if that needs to be told. */
function moreAbout(node: FunctionNode, at: Position, writer: Writer, isArrow: boolean): string[] {
  const comparison = writeComparison(node, at, writer);
  if (comparison !== undefined) return [String(isArrow), comparison];
  return isArrow ? ['true'] : [];
}

/** Whether a method can be a coroutine: it is neither an accessor nor a constructor, and does not wait by itself. */
export function isCoroutineMethod(kind: string, value: FunctionNode): boolean {
  return (kind === 'method' || kind === 'init') && !value.async && !surroundingsOf(value).fixed;
}

/** A name may be declared twice, of which the last declaration counts; a coroutine may not. */
function coroutineName(node: FunctionNode): string {
  return `${madeUp}f${node.start}_${node.id?.name ?? ''}`;
}

function captured(
  code: string,
  { self, arguments: given, target, super: parent }: Surroundings,
  { waiting, names, isCaptured, declaresArguments: isDeclared }: Position,
): string {
  const parts = [
    ...(!isCaptured && (self || parent) ? [[`${madeUp}self`, '() => this']] : []),
    ...(!isCaptured && parent ? [[`${madeUp}super`, 'key => super[key]']] : []),
    ...(given && names.has('arguments') && (!isCaptured || isDeclared)
      ? [[`${madeUp}arguments`, 'arguments']]
      : []),
    ...(!isCaptured && target
      ? [[`${madeUp}target`, waiting === 'pause' ? `${madeUp}target` : 'new.target']]
      : []),
  ];
  if (parts.length === 0) return code;
  return `((${parts.map(([name]) => name).join(', ')}) => ${code})(${parts.map(([, value]) => value).join(', ')})`;
}

/** A generator function that waits by `yield`. Parameters that are more than a name are taken apart in its body. */
function writeCoroutine(
  node: FunctionNode,
  at: Position,
  writer: Writer,
  { target }: Surroundings,
  name = '',
): string {
  const isArrow = node.type === 'ArrowFunctionExpression';
  const own = node.type === 'FunctionExpression' && node.id ? [node.id.name] : [];
  const inside = inFunction(at, namesInside(node, at), 'pause', {
    ownNames: new Set([...at.ownNames, ...own].filter(each => !bodyNames(node, at).includes(each))),
    isCaptured: isArrow,
    declaresArguments: declaresArguments(node, at),
    isGenerator: node.generator,
    isStrict: isStrictInside(node, at),
  });
  const head = inHead(node, inside, at);
  const taken: string[] = [];
  const first = node.params.findIndex(({ type }) => type !== 'Identifier');
  const parameters = node.params.map((parameter, index) => {
    if (first < 0 || index < first) return writer.text(parameter);
    const given = temporary(inside);
    if (parameter.type === 'RestElement') {
      taken.push(...asDeclarators(destructure(parameter.argument, given, head, writer, 'argument')));
      return `...${given}`;
    }
    taken.push(...asDeclarators(destructure(parameter, given, head, writer, 'argument')));
    return given;
  });
  const prologue = [
    `const ${runtimeOfCoroutine} = ${runtime}.${node.generator ? 'begunGenerator' : 'begun'}();`,
    ...(target && !isArrow ? [`const ${madeUp}target = ${runtime}.newTarget();`] : []),
    ...(taken.length > 0 ? [`${keywordFor(node)} ${taken.join(', ')};`] : []),
    // Parameters are taken apart at the call, the body runs when the first item is asked for.
    ...(node.generator ? [`yield ${runtime}.started;`] : []),
  ].join(' ');
  // The temporaries of parameters are parameters.
  for (const parameter of parameters) inside.temporaries.delete(parameter.replace('...', ''));
  const isSimple = taken.length === 0;
  const body = writeBody(node, inside, writer, prologue, isSimple ? 'function' : 'block');
  // As in a function with such parameters, arguments are not the parameters: something has to be taken apart for that.
  const rest = isSimple || parameters.at(-1)?.startsWith('...') ? '' : ', ...{}';
  return `function* ${name}(${parameters.join(', ')}${rest}) ${body}`;
}

/** A function as it was typed: an async one waits by itself, and what has to stay what it is cannot wait. */
export function writeNative(
  node: FunctionNode,
  at: Position,
  writer: Writer,
  waiting: 'await' | 'never',
): string {
  const isArrow = node.type === 'ArrowFunctionExpression';
  const inside = inFunction(at, namesInside(node, at), waiting, {
    isCaptured: isArrow && at.isCaptured,
    declaresArguments: (isArrow && at.declaresArguments) || declaresArguments(node, at),
    isStrict: isStrictInside(node, at),
  });
  const declarators: string[] = [];
  const parameters: string[] = [];
  const head = writer.fill({ ...node, end: endOfHead(node, writer) }, node.params, hole => {
    const isRest = hole.type === 'RestElement';
    const pattern = isRest ? (hole as RestElement).argument : (hole as Pattern);
    if (waiting === 'never' || !isTakenInBody(pattern, node))
      return writeOutsideBody(hole, { ...inHead(node, inside, at), waiting: 'never' }, writer);
    const given = temporary(inside);
    declarators.push(
      ...asDeclarators(destructure(pattern, given, inHead(node, inside, at), writer, 'argument')),
    );
    parameters.push(given);
    if (isRest) return `...${given}`;
    // A parameter with a default does not count for the function's length.
    return hole.type === 'AssignmentPattern' ? `${given} = undefined` : given;
  });
  if (declarators.length === 0) return `${head} ${writeBody(node, inside, writer, '', 'function')}`;
  for (const parameter of parameters) inside.temporaries.delete(parameter);
  const before = `${keywordFor(node)} ${declarators.join(', ')};`;
  return `${head} ${writeBody(node, inside, writer, before, 'block')}`;
}

/**
 * Whether a parameter of a function that waits by itself is taken apart in the body, where that can wait. A generator's
 * body runs when it is first asked for an item, so that what cannot wait stays where it was typed.
 */
function isTakenInBody(pattern: Pattern, { generator }: FunctionNode): boolean {
  if (pattern.type === 'AssignmentPattern' && pattern.left.type === 'Identifier')
    return !generator || pattern.right.type !== 'Literal';
  return /^(?:Object|Array|Assignment)Pattern$/.test(pattern.type);
}

function endOfHead(node: FunctionNode, writer: Writer): number {
  if (node.type !== 'ArrowFunctionExpression') return node.body.start;
  const start = node.params.at(-1)?.end ?? node.start;
  return writer.source.indexOf('=>', start) + 2;
}

/** Writes what no function body surrounds that could declare temporaries: a parameter, a class field. */
export function writeOutsideBody(node: Node, at: Position, writer: Writer, isUsed = false): string {
  if (node.type.endsWith('Pattern') || node.type === 'RestElement')
    return writer.fill(node, computedParts(node as AnyNode), hole => {
      const name = nameTaken(node, hole);
      return name === undefined
        ? writeOutsideBody(hole, at, writer, true)
        : writeNamedValue(name, hole, { ...at, waiting: 'never' }, writer);
    });
  const inside = inFunction(at, [], 'never', { isCaptured: at.isCaptured });
  const value = isUsed ? writer.used(node, inside) : writer.operand(node, inside);
  return inside.temporaries.size === 0 ? value : `((${[...inside.temporaries].join(', ')}) => ${value})()`;
}

/** The name that a function or class takes which is a default in a pattern. */
function nameTaken(pattern: Node, value: Node): string | undefined {
  let name: string | undefined;
  if (/Function|Class/.test(value.type))
    walk(pattern, each => {
      if (each.type === 'AssignmentPattern' && each.right === value && each.left.type === 'Identifier')
        ({ name } = each.left);
    });
  return name;
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
