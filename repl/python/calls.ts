import { builtIn } from './builtins.ts';
import { code, type Code } from './code.ts';
import { assertTakes } from './functions.ts';
import { method } from './methods.ts';
import { join, type Kind, none } from './kinds.ts';
import { camelCase } from './models.ts';
import { fieldsOf, queryMethod } from './queries.ts';
import { Refusal } from './refusal.ts';
import { moduleCall, sessionMethod } from './session-calls.ts';
import { formatted } from './text-of.ts';
import { type PyNode, child, inside, parts } from './tree.ts';
import type { Arguments, Writer } from './writer.ts';

/** The arguments of a call. @throws Refusal for `*args` and `**fields`, unless those are spelled out */
export function argumentsOf(call: PyNode): Arguments {
  const list = child(call, 'ArgList');
  const positional: PyNode[] = [];
  const keywords = new Map<string, PyNode>();
  if (!list || list.children.some(({ type }) => type === 'for')) return { positional, keywords };
  for (const part of parts(inside(list))) {
    const [first, sign, value] = part;
    if (first && sign?.type === 'AssignOp' && value) keywords.set(first.text, value);
    else if (first && part.length === 1) positional.push(first);
    else
      throw new Refusal(
        `${part.map(each => each.text).join('')} is not translated here`,
        'f(...list), new User({ ...fields })',
      );
  }
  return { positional, keywords };
}

/** A call. @throws Refusal */
export function called(writer: Writer, node: PyNode): Code {
  const [callee] = node.children;
  if (!callee) throw new Refusal(`${node.text} is not translated`);
  const given = argumentsOf(node);
  const [, ofSql] = /^(?:db\.|sa\.|sqlalchemy\.)?func\.(\w+)$/.exec(callee.text) ?? [];
  if (ofSql !== undefined && writer.names.lookUp('func') === undefined)
    throw new Refusal(
      `The SQL function ${ofSql}() is not translated here`,
      `em.execute('select ${ofSql}(…) from …')`,
    );
  if (callee.type === 'MemberExpression' && callee.children[1]?.type === '.')
    return methodCall(writer, node, callee, given);
  if (callee.type !== 'VariableName') throw new Refusal(`The call ${node.text} is not translated`);
  const name = callee.text;
  const known = writer.names.lookUp(name);
  if (known === undefined) {
    const original = writer.names.original(name);
    if (original in writer.names.models) return constructed(writer, original, given);
    if (original === 'datetime') return dateOf(given);
    const found = builtIn(writer, name, node, given) ?? moduleCall(writer, original, given, undefined);
    if (found) return found;
  }
  const { kind, ts } = writer.expression(callee);
  if (kind.is === 'class') return constructed(writer, kind.name, given);
  if (kind.is === 'function') return ownFunction(writer, ts, kind, given);
  throw new Refusal(
    `It is not known what ${name}() does`,
    `${camelCase(name)}(${given.positional.map(each => writer.expression(each).ts).join(', ')})`,
  );
}

function constructed(writer: Writer, entity: string, { positional, keywords }: Arguments): Code {
  if (positional.length > 0)
    throw new Refusal(`${entity}() takes its fields by name`, `new ${entity}({ property: value })`);
  const fields = fieldsOf(writer, entity, keywords);
  return code(`new ${entity}(${fields === '{}' ? '' : fields})`, { is: 'entity', name: entity });
}

function ownFunction(
  writer: Writer,
  ts: string,
  { parameters, takes, returns }: Extract<Kind, { is: 'function' }>,
  { positional, keywords }: Arguments,
): Code {
  const given = positional.map(each => writer.expression(each));
  // Only those at the end may be left out.
  for (const name of parameters.slice(given.length)) {
    const value = keywords.get(name);
    if (value === undefined) break;
    given.push(writer.expression(value));
  }
  const written = given.map(each => each.ts).join(', ');
  if (given.length !== positional.length + keywords.size || given.length > parameters.length)
    throw new Refusal(`These arguments of ${ts}() are not translated`, `${ts}(${parameters.join(', ')})`);
  assertTakes(
    ts,
    takes,
    given.map(({ kind }) => kind),
  );
  return code(`${ts}(${written})`, returns);
}

const dates: ReadonlySet<string> = new Set(['utcnow', 'now', 'today']);

function dateOf({ positional }: Arguments): Code {
  const numbers = positional.map(each => Number(each.text));
  if (numbers.length < 3 || numbers.some(each => !Number.isInteger(each)))
    throw new Refusal('This date is not translated', "new Date('2026-01-31')");
  const [year = 0, month = 1, day = 1, ...time] = numbers;
  return code(`new Date('${new Date(Date.UTC(year, month - 1, day, ...time)).toISOString()}')`, {
    is: 'date',
  });
}

function methodCall(writer: Writer, node: PyNode, callee: PyNode, given: Arguments): Code {
  const [object, , property] = callee.children as [PyNode, PyNode, PyNode];
  const name = property.text;
  if (name === 'format' && object.type === 'String')
    return formatted(writer, object, given.positional, given.keywords);
  if (object.type === 'VariableName' && writer.names.lookUp(object.text) === undefined) {
    const original = writer.names.original(object.text);
    if (original === 'datetime' && dates.has(name)) {
      if (name !== 'utcnow' && given.positional.length === 0)
        throw new Refusal('A time of a place is not translated', 'new Date()');
      return code('new Date()', { is: 'date' });
    }
    if (/^(?:sa|sqlalchemy)$/.test(original)) {
      const found = moduleCall(writer, name, given, undefined);
      if (found) return found;
    }
  }
  const of = writer.object(object);
  const { kind } = of;
  switch (kind.is) {
    case 'db':
      return moduleCall(writer, name, given, of.ts) as Code;
    case 'session':
      return sessionMethod(writer, of, name, given);
    case 'rows':
      return queryMethod(writer, of, kind, name, given);
    case 'list':
      return grown(writer, object, method(writer, of, name, given));
    case 'column':
      throw new Refusal(`${node.text} is no condition that is translated`, `filter({ ${kind.name}: … })`);
    default:
      return method(writer, of, name, given);
  }
}

/** A list holds what is put into it. */
function grown(writer: Writer, list: PyNode, result: Code): Code {
  if (result.kind.is !== 'list' || !/\.push\(/.test(result.ts)) return result;
  if (list.type === 'VariableName') {
    const before = writer.names.lookUp(list.text);
    if (before) writer.names.widen(list.text, join(before, result.kind));
  }
  return { ...result, kind: none };
}
