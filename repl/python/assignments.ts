import { code, owner } from './code.ts';
import { computed } from './arithmetic.ts';
import { join, type Kind } from './kinds.ts';
import { Refusal } from './refusal.ts';
import { attributeTarget, bindTarget } from './targets.ts';
import { parts, type PyNode } from './tree.ts';
import type { Writer } from './writer.ts';

/** `x = 1`, `a, b = 1, 2`, `user.username = 'x'`, `a = b = 1`. @returns nothing for what is noted only. @throws Refusal */
export function assigned(writer: Writer, node: PyNode): string {
  const withoutType = node.children.filter(({ type }) => type !== 'TypeDef');
  const pieces = parts(withoutType, 'AssignOp');
  const [values = [], ...targets] = pieces.toReversed();
  if (targets.length === 0)
    throw new Refusal('A declaration without a value is not translated', `let ${node.text.split(':')[0]}`);
  const value = valueOf(writer, values);
  if (value.kind.is === 'rows' && /^(?:result|update|delete)$/.test(value.kind.form))
    throw new Refusal(
      'This statement, or its result, is only translated where its rows are read',
      `${value.ts}.all()`,
    );
  const kind: Kind = value.kind;
  const written = targets.toReversed().map(target => targetOf(writer, target, kind));
  return `${written.join(' = ')} = ${value.ts}`;
}

function valueOf(writer: Writer, values: readonly PyNode[]) {
  const items = values.filter(({ type }) => type !== ',');
  const [only] = items;
  if (items.length === 1 && values.length === 1 && only) return writer.expression(only);
  const written = items.map(each => writer.expression(each));
  return code(`[${written.map(({ ts }) => ts).join(', ')}]`, {
    is: 'tuple',
    items: written.map(({ kind }) => kind),
  });
}

function targetOf(writer: Writer, target: readonly PyNode[], kind: Kind): string {
  const [only] = target;
  if (target.length > 1 || only?.type === 'TupleExpression') return bindTarget(writer, target, kind);
  if (only?.type === 'VariableName') {
    // Nothing is assigned to a name that the shell needs.
    if (/^(?:db|session|em|orm)$/.test(only.text) && kind.is !== 'session' && kind.is !== 'db')
      throw new Refusal(`${only.text} is a name of the shell`, `${only.text}_ = …`);
    writer.names.bind(only.text, kind);
    return writer.names.typeScript(only.text);
  }
  if (only?.type === 'MemberExpression' && only.children[1]?.type === '[')
    throw new Refusal(
      'An item is only assigned in a statement of its own',
      `${only.children[0]?.text}.set(key, value)`,
    );
  if (only?.type === 'MemberExpression') return attributeTarget(writer, only).ts;
  throw new Refusal(`${only?.text ?? ''} cannot be assigned to`);
}

/** `d['a'] = 1`, which is a call here; undefined for any other assignment. @throws Refusal */
export function assignedItem(writer: Writer, { children }: PyNode): string | undefined {
  const [target, sign, value, ...rest] = children;
  if (
    target?.type !== 'MemberExpression' ||
    target.children[1]?.type !== '[' ||
    sign?.type !== 'AssignOp' ||
    !value ||
    rest.length > 0
  )
    return undefined;
  const [object, , index] = target.children as [PyNode, PyNode, PyNode];
  const of = writer.expression(object);
  if (of.kind.is !== 'map' || of.kind.isNullable)
    throw new Refusal('An item of a list is set though there is none', `${owner(of)}[0] = …`);
  const [key, held] = [writer.expression(index), writer.expression(value)];
  if (key.kind.is !== 'str' && key.kind.is !== 'int' && key.kind.is !== 'entity')
    throw new Refusal('A Map of JavaScript tells two equal keys apart', `${owner(of)}.set(key, value)`);
  if (object.type === 'VariableName')
    writer.names.widen(object.text, { ...of.kind, of: join(of.kind.of, held.kind) });
  return `${owner(of)}.set(${key.ts}, ${held.ts})`;
}

/** `x += 1`. @throws Refusal */
export function updated(writer: Writer, { children, text }: PyNode): string {
  const [target, sign, value] = children;
  if (!target || !sign || !value || target.children[1]?.type === '[')
    throw new Refusal(`${text} is not translated`, 'x = x + 1');
  const operator = sign.text.slice(0, -1);
  const [before, given] = [writer.expression(target), writer.expression(value)];
  // Others that hold the list see what is added.
  if (before.kind.is === 'list' && operator === '+') return `${owner(before)}.push(...${given.ts})`;
  const after = computed(before, operator, given);
  if (target.type === 'VariableName') writer.names.bind(target.text, after.kind);
  const place = target.type === 'VariableName' ? before : attributeTarget(writer, target);
  return operator === '//' || operator === '%'
    ? `${place.ts} = ${after.ts}`
    : `${place.ts} ${sign.text} ${given.ts}`;
}
