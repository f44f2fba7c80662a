import { binds, code, type Code } from './code.ts';
import { arrowBody } from './comprehensions.ts';
import { type Kind, unknown } from './kinds.ts';
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
    return { name: name.text, kind: annotated(type, writer), value };
  });
}

function annotated(type: string, { names: { models } }: Writer): Kind {
  if (type === 'int' || type === 'str' || type === 'bool' || type === 'float') return { is: type };
  return type in models ? { is: 'entity', name: type } : unknown;
}

/** A lambda, or the name of a function. */
export function callback(writer: Writer, node: PyNode, kinds: readonly Kind[]): Code {
  if (node.type !== 'LambdaExpression') {
    const named = writer.expression(node);
    if (named.kind.is !== 'function')
      throw new Refusal(`It is not known what ${node.text} does`, 'list.map(each => …)');
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
        : { is: 'function', parameters: parameters.map(({ name }) => name), returns },
      binds.arrow,
    );
  });
}
