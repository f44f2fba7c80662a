import { binds, code, type Code } from './code.ts';
import { arrowBody } from './comprehensions.ts';
import { fits, type Kind, unknown } from './kinds.ts';
import { lengthOf } from './length.ts';
import { Refusal } from './refusal.ts';
import { child, parts, type PyNode } from './tree.ts';
import type { Writer } from './writer.ts';

/** A parameter, with what its annotation says of it. */
export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  readonly value: PyNode | undefined;
}

/** @throws Refusal for `*args` and `**fields` */
export function parametersOf(list: PyNode | undefined, writer: Writer): Parameter[] {
  const given = (list?.children ?? []).filter(({ type }) => type !== '(' && type !== ')');
  return parts(given).map(part => {
    const [name] = part;
    if (name?.type !== 'VariableName')
      throw new Refusal(`The parameter ${part.map(each => each.text).join('')} is not translated`, '...list');
    const type = part.find(each => each.type === 'TypeDef')?.children.at(-1)?.text ?? '';
    const equals = part.findIndex(each => each.type === 'AssignOp');
    const value = equals < 0 ? undefined : part[equals + 1];
    // Python evaluates a default once, when it defines the function.
    if (value && !/^(?:Number|String|Boolean|None)$/.test(value.type))
      throw new Refusal(
        `The default ${value.text} is one object for all calls in Python`,
        `${name.text} = ${value.text}`,
      );
    const kind = annotated(type, writer);
    const isTold = kind.is !== 'unknown' || !value || value.type === 'None';
    return { name: name.text, kind: isTold ? kind : writer.expression(value).kind, value };
  });
}

function annotated(type: string, { names: { models } }: Writer): Kind {
  if (type === 'int' || type === 'str' || type === 'bool' || type === 'float') return { is: type };
  return type in models ? { is: 'entity', name: type } : unknown;
}

/** A lambda, or the name of a function. */
export function callback(writer: Writer, node: PyNode, kinds: readonly Kind[]): Code {
  const [item] = kinds;
  if (node.text === 'len' && item && writer.names.lookUp('len') === undefined) {
    const length = lengthOf(code('each', item));
    return code(`each => ${length.ts}`, length.kind, binds.arrow);
  }
  if (node.type !== 'LambdaExpression') {
    const named = writer.expression(node);
    if (named.kind.is !== 'function')
      throw new Refusal(`It is not known what ${node.text} does`, 'list.map(each => …)');
    assertTakes(named.ts, named.kind.takes, kinds);
    return { ...named, kind: named.kind.returns };
  }
  const parameters = parametersOf(child(node, 'ParamList'), writer);
  const body = node.children.at(-1) as PyNode;
  const bound = parameters.map(({ name, kind }, index) => [name, kinds[index] ?? kind] as const);
  return writer.names.inside(bound, () => {
    const written = writer.expression(body);
    const names = parameters.map(
      ({ name, value }) =>
        `${writer.names.typeScript(name)}${value ? ` = ${writer.expression(value).ts}` : ''}`,
    );
    const list = names.length === 1 && !names[0]?.includes('=') ? names[0] : `(${names.join(', ')})`;
    const returns: Kind = written.kind;
    return code(
      `${list} => ${arrowBody(written)}`,
      kinds.length > 0
        ? returns
        : {
            is: 'function',
            parameters: parameters.map(({ name }) => name),
            takes: bound.map(([, kind]) => kind),
            returns,
          },
      binds.arrow,
    );
  });
}

/** @throws Refusal where a function is given what it was not translated for */
export function assertTakes(name: string, takes: readonly Kind[], given: readonly Kind[]): void {
  const index = takes.findIndex((wanted, at) => given[at] !== undefined && !fits(given[at], wanted));
  if (index < 0) return;
  const wanted = takes[index] as Kind;
  throw new Refusal(
    `${name}() was translated for a ${'name' in wanted ? wanted.name : wanted.is}, and is given something else`,
  );
}
