import type { ArrayPattern, AssignmentProperty, Node, ObjectPattern, Pattern } from 'acorn';
import { callSiteName } from '../../syntax/call-site-name.ts';
import { type Position, settled, used } from './position.ts';
import { runtimeAt } from './compiled-names.ts';
import type { Writer } from './writer.ts';
import { awaited, temporary } from './awaited.ts';
import { writeIterable } from './iterable.ts';
import { captureReference, readProperty } from './members.ts';
import { writeDefault, writeTarget } from './targets.ts';

/** What is taken apart without having been written anywhere: an argument, or what was thrown. */
type Unnamed = 'argument' | 'thrown';

/** What V8 calls it. */
const placeOf: Readonly<Record<Unnamed, string>> = { argument: '""', thrown: '".catch"' };

/** A part of a destructuring: a computed value, and the target that it is assigned to, if there is one. */
export interface Binding {
  readonly target?: string;
  readonly value: string;
}

/**
 * Destructures a value by separate reads of its properties, each of which may load from the database and wait. The
 * elements of an array pattern are left to JavaScript, as its iteration protocol can do neither.
 *
 * @param value the value, written
 * @param node what it was written from, for errors
 */
export function destructure(
  pattern: Pattern,
  value: string,
  at: Position,
  writer: Writer,
  node?: Node | Unnamed,
): Binding[] {
  switch (pattern.type) {
    case 'AssignmentPattern': {
      const given = orDefault(value, () => writeDefault(pattern.left, pattern.right, at, writer), at);
      return destructure(pattern.left, given, at, writer);
    }
    case 'ObjectPattern':
      return destructureObject(pattern, value, at, writer, node);
    case 'ArrayPattern': {
      const items = writeIterable(
        value,
        typeof node === 'string' ? undefined : node,
        pattern,
        at,
        writer,
        limitOf(pattern),
      );
      return hasObjectPattern(pattern)
        ? destructureArray(pattern, items, at, writer)
        : [{ target: writeTarget(pattern, at, writer), value: items }];
    }
    default:
      return [{ target: writeTarget(pattern, at, writer), value }];
  }
}

function limitOf({ elements }: ArrayPattern): { limit?: number } {
  return elements.some(element => element?.type === 'RestElement') ? {} : { limit: elements.length };
}

/** The bindings as parts of a declaration. */
export function asDeclarators(bindings: readonly Binding[]): string[] {
  const parts: string[] = [];
  let before: string[] = [];
  for (const { target, value } of bindings) {
    if (target === undefined) {
      before.push(value);
    } else {
      parts.push(`${target} = ${before.length > 0 ? `(${[...before, value].join(', ')})` : value}`);
      before = [];
    }
  }
  return before.length > 0 ? [...parts, `[] = (${before.join(', ')}, [])`] : parts;
}

/** The bindings as expressions, one after another. */
export function asSequence(bindings: readonly Binding[]): string {
  return bindings
    .map(({ target, value }) => (target === undefined ? value : `${target} = ${value}`))
    .join(', ');
}

function orDefault(value: string, writeOther: () => string, at: Position): string {
  const given = temporary(at);
  return `((${given} = ${value}) === undefined ? ${writeOther()} : ${given})`;
}

function destructureObject(
  pattern: ObjectPattern,
  value: string,
  at: Position,
  writer: Writer,
  node: Node | Unnamed | undefined,
): Binding[] {
  const object = temporary(at);
  const source = [value, ...namesForError(pattern, node)].join(', ');
  const bindings: Binding[] = [{ value: `${object} = ${runtimeAt(at)}.destructurable(${source})` }];
  const keys: string[] = [];
  for (const part of pattern.properties) {
    const isRest = part.type === 'RestElement';
    // In the order of JavaScript: the key, the object that is assigned to, the value.
    const { before, bind } = captureTarget(isRest ? part.argument : part.value, at, writer);
    if (!isRest) {
      const key = writePropertyKey(part, at, writer);
      bindings.push(...key.before);
      keys.push(key.name);
    }
    const found = isRest
      ? awaited(`${runtimeAt(at)}.restOf(${object}, [${keys.join(', ')}])`, used(at), writer.label(part))
      : awaited(
          readProperty(object, keys.at(-1) ?? '', at),
          isTakenApart(part.value) ? used(at) : settled(at),
          (keys.at(-1) ?? '').replaceAll('"', ''),
          true,
        );
    bindings.push(...before, ...bind(found));
  }
  return bindings;
}

function isTakenApart(target: Pattern): boolean {
  return target.type === 'AssignmentPattern' ? isTakenApart(target.left) : target.type.endsWith('Pattern');
}

function writePropertyKey(
  { computed, key }: AssignmentProperty,
  at: Position,
  writer: Writer,
): { before: readonly Binding[]; name: string } {
  if (!computed)
    return { before: [], name: key.type === 'Identifier' ? JSON.stringify(key.name) : writer.text(key) };
  const name = temporary(at);
  const value = `${name} = ${runtimeAt(at)}.propertyKey(${writer.shown(key, at)})`;
  return { before: [{ value }], name };
}

/** A target whose object and key are computed before the value that it gets. */
function captureTarget(
  pattern: Pattern,
  at: Position,
  writer: Writer,
): { before: readonly Binding[]; bind: (value: string) => readonly Binding[] } {
  const left = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
  if (left.type !== 'MemberExpression')
    return { before: [], bind: value => destructure(pattern, value, at, writer) };
  const { before, target } = captureReference(left, at, writer);
  return {
    before: before.map(value => ({ value })),
    bind: value =>
      pattern.type === 'AssignmentPattern'
        ? [{ target, value: orDefault(value, () => writer.operand(pattern.right, at), at) }]
        : [{ target, value }],
  };
}

function destructureArray(
  { elements }: ArrayPattern,
  items: string,
  at: Position,
  writer: Writer,
): Binding[] {
  const given = elements.map(() => temporary(at));
  const names = elements.map((element, index) => {
    if (!element) return '';
    return element.type === 'RestElement' ? `...${given[index]}` : given[index];
  });
  const bindings = elements.flatMap((element, index) => {
    if (!element) return [];
    const inner = element.type === 'RestElement' ? element.argument : element;
    return destructure(inner, given[index] ?? '', at, writer);
  });
  return [{ value: `[${names.join(', ')}] = ${items}` }, ...bindings];
}

/** What V8 mentions when a value cannot be destructured: how it was written, and the first property. */
function namesForError({ properties: [first] }: ObjectPattern, node: Node | Unnamed | undefined): string[] {
  const source = typeof node === 'string' ? placeOf[node] : node ? callSiteName(node) : 'undefined';
  return first?.type === 'Property' && !first.computed && first.key.type === 'Identifier'
    ? [source, JSON.stringify(first.key.name)]
    : [source];
}

function hasObjectPattern(pattern: Pattern | null): boolean {
  switch (pattern?.type) {
    case 'ObjectPattern':
      return true;
    case 'ArrayPattern':
      return pattern.elements.some(hasObjectPattern);
    case 'AssignmentPattern':
      return hasObjectPattern(pattern.left);
    case 'RestElement':
      return hasObjectPattern(pattern.argument);
    default:
      return false;
  }
}
