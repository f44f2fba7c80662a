import { binds, code, type Code, operand } from './code.ts';
import { listOf } from './compare.ts';
import { itemOf, type Kind, never } from './kinds.ts';
import { presentIn } from './present.ts';
import { Refusal } from './refusal.ts';
import { bindTarget } from './targets.ts';
import { truthOf } from './truth.ts';
import { inside, type PyNode } from './tree.ts';
import type { Writer } from './writer.ts';

interface Clause {
  readonly targets: readonly PyNode[];
  readonly source: PyNode;
  readonly conditions: readonly PyNode[];
}

/** A comprehension of any kind as a list of what it makes of each item. @throws Refusal */
export function comprehension(writer: Writer, node: PyNode): Code {
  const children = node.type === 'ArgList' || /^[([{]/.test(node.text) ? inside(node) : node.children;
  const first = children.findIndex(({ type }) => type === 'for' || type === 'async');
  const made = children.slice(0, first);
  if (children[first]?.type === 'async') throw new Refusal('async for is not translated');
  const clauses = clausesOf(children.slice(first));
  return walk(writer, clauses, () => {
    const [key, colon, value] = made;
    if (!key) throw new Refusal(`${node.text} is empty`);
    if (!colon || !value) return writer.expression(key);
    const pair = [writer.expression(key), writer.expression(value)] as const;
    return code(`[${pair[0].ts}, ${pair[1].ts}]`, { is: 'tuple', items: [pair[0].kind, pair[1].kind] });
  });
}

/** The list over which a generator such as that of `any(… for …)` goes, and its condition as a function. */
export function tested(writer: Writer, node: PyNode, method: 'some' | 'every'): Code {
  const children = inside(node);
  const first = children.findIndex(({ type }) => type === 'for');
  const [clause, ...others] = clausesOf(children.slice(first));
  const [made] = children;
  if (!clause || !made || others.length > 0)
    throw new Refusal(`${node.text} is not translated`, `list.${method}(each => …)`);
  const { source, parameter, filters, inner } = open(writer, clause, () => truthOf(writer.expression(made)));
  return code(`${source}${filters}.${method}(${parameter} => ${arrowBody(inner)})`, { is: 'bool' });
}

function clausesOf(children: readonly PyNode[]): Clause[] {
  const clauses: { targets: PyNode[]; source?: PyNode; conditions: PyNode[] }[] = [];
  let part: 'targets' | 'source' | 'condition' = 'targets';
  for (const node of children) {
    const clause = clauses.at(-1);
    if (node.type === 'for') clauses.push({ targets: [], conditions: [] });
    if (node.type === 'for') part = 'targets';
    else if (node.type === 'in') part = 'source';
    else if (node.type === 'if') part = 'condition';
    else if (clause) {
      if (part === 'targets') clause.targets.push(node);
      else if (node.type === ',') continue;
      else if (part === 'source') clause.source = node;
      else clause.conditions.push(node);
    }
  }
  return clauses.map(({ targets, source, conditions }) => ({
    targets,
    source: source as PyNode,
    conditions,
  }));
}

function walk(writer: Writer, [clause, ...rest]: readonly Clause[], make: () => Code): Code {
  if (!clause) return make();
  const { source, parameter, filters, inner } = open(writer, clause, () => walk(writer, rest, make));
  if (rest.length > 0)
    return code(`${source}${filters}.flatMap(${parameter} => ${arrowBody(inner)})`, inner.kind);
  const mapped =
    inner.ts === parameter
      ? filters === ''
        ? '.map(each => each)'
        : ''
      : `.map(${parameter} => ${arrowBody(inner)})`;
  return code(`${source}${filters}${mapped}`, { is: 'list', of: inner.kind });
}

function open(writer: Writer, { targets, source: over, conditions }: Clause, work: () => Code) {
  const list = writer.expression(over);
  const source = listOf(list);
  const item: Kind = itemOf(list.kind) ?? never;
  return writer.names.inside([], () => {
    const bound = bindTarget(writer, targets, item);
    const parameter = bound.startsWith('[') ? `(${bound})` : bound;
    const tests = conditions.map((condition, index) =>
      writer.names.where(conditions.slice(0, index).flatMap(presentIn), () => writer.truth(condition)),
    );
    const filters = tests.map(test => `.filter(${parameter} => ${arrowBody(test)})`).join('');
    const inner = writer.names.where(conditions.flatMap(presentIn), work);
    return { source, parameter, filters, inner };
  });
}

/** An object would be a block. */
export function arrowBody(body: Code): string {
  return body.ts.startsWith('{') ? `(${body.ts})` : operand(body, binds.arrow);
}
