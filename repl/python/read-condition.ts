import { quoted } from './code.ts';
import { allOf, type Condition, writeCondition } from './condition.ts';
import type { Kind } from './kinds.ts';
import { stringValue } from './literals.ts';
import { isText, operatorsOf, unwrapped } from './operators.ts';
import { Refusal } from './refusal.ts';
import { inside, type PyNode } from './tree.ts';
import type { Writer } from './writer.ts';

/** Reads a condition; undefined for an expression that is none. @throws Refusal */
export function readCondition(writer: Writer, asked: PyNode): Condition | undefined {
  const node = unwrapped(asked);
  if (node.type === 'BinaryExpression') return binary(writer, node);
  if (node.type === 'UnaryExpression' && node.children[0]?.text === '~') {
    const of = node.children[1] && readCondition(writer, node.children[1]);
    return of && { kind: 'not', of };
  }
  if (node.type === 'CallExpression') return called(writer, node);
  if (node.type !== 'VariableName' && node.type !== 'MemberExpression') return undefined;
  const { kind, ts } = writer.expression(node);
  if (kind.is === 'condition') return { kind: 'named', entity: kind.entity, ts };
  return kind.is === 'column' && kind.of.is === 'bool'
    ? { kind: 'test', entity: kind.entity, name: kind.name, value: 'true' }
    : undefined;
}

function binary(writer: Writer, node: PyNode): Condition | undefined {
  const { left, operator, right } = operatorsOf(node);
  if (operator === '&' || operator === '|') {
    const of = [left, right].map(each => readCondition(writer, each));
    if (of.every(each => each === undefined)) return undefined;
    const known = of.filter(each => each !== undefined);
    if (known.length < 2)
      throw new Refusal(
        `In Python ${operator} binds more tightly than ==`,
        `Put parentheses around both sides of ${operator}.`,
      );
    return operator === '&' ? allOf(known) : { kind: 'or', of: known };
  }
  const comparing = comparisons[operator];
  if (comparing === undefined || (isText(left) && isText(right))) return undefined;
  const [one, other] = [writer.expression(left), writer.expression(right)];
  if (one.kind.is === 'column' && other.kind.is === 'column') {
    throw new Refusal('Two columns are compared', `raw('${one.kind.name} ${operator} ${other.kind.name}')`);
  }
  if (one.kind.is === 'column') return test(one.kind, comparing(other.ts));
  if (other.kind.is !== 'column') return undefined;
  const turned = comparisons[mirrored[operator] ?? operator];
  return turned && test(other.kind, turned(one.ts));
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

const comparisons: Readonly<Record<string, (value: string) => string>> = {
  '==': value => value,
  '!=': value => `{ $ne: ${value} }`,
  '<': value => `{ $lt: ${value} }`,
  '>': value => `{ $gt: ${value} }`,
  '<=': value => `{ $lte: ${value} }`,
  '>=': value => `{ $gte: ${value} }`,
};

function test({ entity, name }: Extract<Kind, { is: 'column' }>, value: string): Condition {
  return { kind: 'test', entity, name, value };
}

function called(writer: Writer, node: PyNode): Condition | undefined {
  const [callee] = node.children;
  if (!callee) return undefined;
  const { positional, keywords } = writer.arguments(node);
  const name =
    callee.type === 'MemberExpression'
      ? (callee.children.at(-1)?.text ?? '')
      : writer.names.original(callee.text);
  if (name === 'and_' || name === 'or_' || name === 'not_') {
    const of = positional.map(each => conditionIn(writer, each));
    if (name === 'not_' && of[0]) return { kind: 'not', of: of[0] };
    return name === 'and_' ? allOf(of) : { kind: 'or', of };
  }
  if (callee.type !== 'MemberExpression' || callee.children[1]?.type !== '.') return undefined;
  if (name !== 'any' && name !== 'has' && columnMethods[name] === undefined) return undefined;
  const [object] = callee.children;
  const { kind } = object ? writer.expression(object) : { kind: undefined };
  if (kind?.is !== 'column') return undefined;
  if (name === 'any' || name === 'has') return related(writer, kind, name, positional, keywords);
  const write = columnMethods[name];
  return write === undefined || keywords.size > 0
    ? undefined
    : test(
        kind,
        write(positional, each => writer.expression(each).ts),
      );
}

type Write = (values: readonly PyNode[], ts: (node: PyNode) => string) => string;

const columnMethods: Readonly<Record<string, Write>> = {
  like: ([value], ts) => `{ $like: ${ts(given(value))} }`,
  in_: ([value], ts) => `{ $in: ${ts(given(value))} }`,
  notin_: ([value], ts) => `{ $nin: ${ts(given(value))} }`,
  not_in: ([value], ts) => `{ $nin: ${ts(given(value))} }`,
  between: ([from, to], ts) => `{ $gte: ${ts(given(from))}, $lte: ${ts(given(to))} }`,
  is_: ([value], ts) => ts(given(value)),
  isnot: ([value], ts) => `{ $ne: ${ts(given(value))} }`,
  is_not: ([value], ts) => `{ $ne: ${ts(given(value))} }`,
  contains: ([value], ts) => `{ $like: ${pattern(given(value), ts, '%', '%')} }`,
  startswith: ([value], ts) => `{ $like: ${pattern(given(value), ts, '', '%')} }`,
  endswith: ([value], ts) => `{ $like: ${pattern(given(value), ts, '%', '')} }`,
};

function given(value: PyNode | undefined): PyNode {
  if (value) return value;
  throw new Refusal('An argument is missing');
}

function pattern(value: PyNode, ts: (node: PyNode) => string, before: string, after: string): string {
  if (value.type === 'String') return quoted(`${before}${stringValue(value.text)}${after}`);
  return `\`${before}\${${ts(value)}}${after}\``;
}

/** `User.posts.any(…)` and `Post.author.has(…)`. */
function related(
  writer: Writer,
  { entity, name, of }: Extract<Kind, { is: 'column' }>,
  method: string,
  positional: readonly PyNode[],
  keywords: ReadonlyMap<string, PyNode>,
): Condition | undefined {
  if (of.is !== 'collection' && of.is !== 'entity') return undefined;
  const target = of.name;
  const named: Condition[] = [...keywords].map(([key, value]) => {
    const { kind } = writer.expression(memberOf(target, key));
    if (kind.is !== 'column') throw new Refusal(`${target} has no ${key}`);
    return test(kind, writer.expression(value).ts);
  });
  const all = [...positional.map(each => conditionIn(writer, each)), ...named];
  const inner =
    all.length === 0 ? '{}' : writeCondition(allOf(all), each => (each === target ? [] : undefined));
  if (method === 'any') return { kind: 'test', entity, name, value: `{ $some: ${inner} }` };
  return { kind: 'test', entity, name, value: all.length === 0 ? '{ $ne: null }' : inner };
}

function memberOf(object: string, name: string): PyNode {
  const node = (type: string, text: string, children: readonly PyNode[] = []): PyNode => ({
    type,
    text,
    children,
    from: 0,
    to: 0,
  });
  return node('MemberExpression', `${object}.${name}`, [
    node('VariableName', object),
    node('.', '.'),
    node('PropertyName', name),
  ]);
}

/** @throws Refusal for what is no condition on columns */
export function conditionIn(writer: Writer, node: PyNode): Condition {
  const condition = readCondition(writer, node);
  if (condition) return condition;
  const text = inside(node).length > 0 ? node.text : `(${node.text})`;
  throw new Refusal(
    `${node.text} is no condition on columns that is translated`,
    `filter({ [raw(…)]: … }) with the SQL of ${text}`,
  );
}
