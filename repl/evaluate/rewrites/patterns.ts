import type { AnyNode, ArrayPattern, Node, ObjectPattern, Pattern } from 'acorn';
import { iterableLabel, callSiteName } from '../../syntax/call-site-name.ts';
import { runtime, awaited, temporary, type Position, type Writer } from '../writer.ts';
import { captureReference, readOf, writeMember } from './members.ts';

/** One part of taking a value apart: something computed, and the target that it is given to, if there is one. */
interface Binding {
  readonly target?: string;
  readonly value: string;
}

/**
 * Takes a value apart as so many reads of properties, each of which may load from the database and wait. The elements
 * of an array pattern are left to JavaScript: its iteration protocol can do neither.
 *
 * @param value the value, written
 * @param node what it was written from, for complaints
 */
export function destructure(
  pattern: Pattern,
  value: string,
  at: Position,
  writer: Writer,
  node?: Node,
): Binding[] {
  switch (pattern.type) {
    case 'AssignmentPattern': {
      const given = temporary(at);
      const other = writeDefault(pattern.left, pattern.right, at, writer);
      return destructure(
        pattern.left,
        `((${given} = ${value}) === undefined ? ${other} : ${given})`,
        at,
        writer,
      );
    }
    case 'ObjectPattern':
      return takeProperties(pattern, value, at, writer, node);
    case 'ArrayPattern': {
      const items = writeIterable(value, node, at);
      return holdsProperties(pattern)
        ? takeElements(pattern, items, at, writer)
        : [{ target: writeTarget(pattern, at, writer), value: items }];
    }
    default:
      return [{ target: writeTarget(pattern, at, writer), value }];
  }
}

/** The steps as the parts of a declaration. */
export function declarators(steps: readonly Binding[]): string[] {
  const parts: string[] = [];
  let before: string[] = [];
  for (const { target, value } of steps) {
    if (target === undefined) {
      before.push(value);
    } else {
      parts.push(`${target} = ${before.length > 0 ? `(${[...before, value].join(', ')})` : value}`);
      before = [];
    }
  }
  return before.length > 0 ? [...parts, `[] = (${before.join(', ')}, [])`] : parts;
}

/** The steps as expressions, one after another. */
export function sequence(steps: readonly Binding[]): string {
  return steps.map(({ target, value }) => (target === undefined ? value : `${target} = ${value}`)).join(', ');
}

/** Writes what is assigned to: names and members as they are, only default values and keys computed. */
export function writeTarget(pattern: Node, at: Position, writer: Writer): string {
  const target = pattern as AnyNode;
  const inner = (node: Node) => writeTarget(node, at, writer);
  switch (target.type) {
    case 'MemberExpression':
      return writeMember(
        target,
        target.object.type === 'Super' ? 'super' : writer.operand(target.object, at),
        at,
        writer,
      );
    case 'ObjectPattern':
      return writer.fill(target, target.properties, inner);
    case 'ArrayPattern':
      return writer.fill(
        target,
        target.elements.filter(element => element !== null),
        inner,
      );
    case 'Property':
      if (target.shorthand) return `${writer.text(target.key)}: ${inner(target.value)}`;
      return writer.fill(target, [target.key, target.value], hole => {
        if (hole === target.value) return inner(hole);
        return target.computed ? writer.write(hole, at) : writer.text(hole);
      });
    case 'RestElement':
      return `...${inner(target.argument)}`;
    case 'AssignmentPattern':
      return `${inner(target.left)} = ${writeDefault(target.left, target.right, at, writer)}`;
    default:
      return writer.write(target, at);
  }
}

/** A value about to be named: a function or class without a name takes it, as it would from `const`. */
export function writeNamed(name: string, value: Node, at: Position, writer: Writer): string {
  const written = writer.operand(value, at);
  return isAnonymous(value as AnyNode)
    ? `({ ${JSON.stringify(name)}: ${written} })[${JSON.stringify(name)}]`
    : written;
}

/** Something to iterate over, loaded, or a complaint about it. */
export function writeIterable(value: string, node: Node | undefined, at: Position): string {
  const items = `${runtime}.${at.awaitable ? 'items' : 'itemsSync'}(${value}, ${iterableLabel(node)})`;
  return awaited(items, { ...at, raw: false });
}

function writeDefault(left: Node, value: Node, at: Position, writer: Writer): string {
  const target = left as AnyNode;
  return target.type === 'Identifier'
    ? writeNamed(target.name, value, at, writer)
    : writer.operand(value, { ...at, raw: false });
}

function isAnonymous(node: AnyNode): boolean {
  if (node.type === 'ArrowFunctionExpression') return true;
  return (node.type === 'FunctionExpression' || node.type === 'ClassExpression') && !node.id;
}

function takeProperties(
  pattern: ObjectPattern,
  value: string,
  at: Position,
  writer: Writer,
  node: Node | undefined,
): Binding[] {
  const inside = { ...at, raw: false };
  const object = temporary(at);
  const steps: Binding[] = [
    { value: `${object} = ${runtime}.object(${[value, ...blame(pattern, node)].join(', ')})` },
  ];
  const keys: string[] = [];
  for (const part of pattern.properties) {
    const rest = part.type === 'RestElement';
    const { before, target } = prepare(rest ? part.argument : part.value, at, writer);
    if (!rest && part.computed) {
      keys.push(temporary(at));
      steps.push({ value: `${keys.at(-1)} = ${runtime}.key(${writer.operand(part.key, inside)})` });
    } else if (!rest) {
      keys.push(part.key.type === 'Identifier' ? JSON.stringify(part.key.name) : writer.text(part.key));
    }
    const found = rest
      ? `${runtime}.rest(${object}, [${keys.join(', ')}])`
      : awaited(readOf(object, keys.at(-1) ?? '', at), inside);
    steps.push(...before.map(each => ({ value: each })), ...target(found));
  }
  return steps;
}

/** A member that is assigned to is computed before the value is read. */
function prepare(
  pattern: Pattern,
  at: Position,
  writer: Writer,
): { before: readonly string[]; target: (value: string) => Binding[] } {
  const left = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
  if (left.type !== 'MemberExpression')
    return { before: [], target: value => destructure(pattern, value, at, writer) };
  const { before, target } = captureReference(left, at, writer);
  return {
    before,
    target(value) {
      if (pattern.type !== 'AssignmentPattern') return [{ target, value }];
      const given = temporary(at);
      const other = writer.operand(pattern.right, { ...at, raw: false });
      return [{ target, value: `((${given} = ${value}) === undefined ? ${other} : ${given})` }];
    },
  };
}

function takeElements({ elements }: ArrayPattern, items: string, at: Position, writer: Writer): Binding[] {
  const given = elements.map(() => temporary(at));
  const names = elements.map((element, index) => {
    if (!element) return '';
    return element.type === 'RestElement' ? `...${given[index]}` : given[index];
  });
  const taken = elements.flatMap((element, index) => {
    if (!element) return [];
    const inner = element.type === 'RestElement' ? element.argument : element;
    return destructure(inner, given[index] ?? '', at, writer);
  });
  return [{ value: `[${names.join(', ')}] = ${items}` }, ...taken];
}

/** What V8 says of a value that has no properties: the name of the first one is in it. */
function blame({ properties: [first] }: ObjectPattern, node: Node | undefined): string[] {
  const named = first?.type === 'Property' && !first.computed && first.key.type === 'Identifier';
  const property = named ? [JSON.stringify((first.key as { name: string }).name)] : [];
  return [node ? callSiteName(node) : 'undefined', ...property];
}

function holdsProperties(pattern: Pattern | null): boolean {
  switch (pattern?.type) {
    case 'ObjectPattern':
      return true;
    case 'ArrayPattern':
      return pattern.elements.some(holdsProperties);
    case 'AssignmentPattern':
      return holdsProperties(pattern.left);
    case 'RestElement':
      return holdsProperties(pattern.argument);
    default:
      return false;
  }
}
