import { code, type Code, owner } from './code.ts';
import { type Kind, unknown } from './kinds.ts';
import { propertyIn } from './queries.ts';
import { camelCase } from './models.ts';
import { Refusal } from './refusal.ts';
import type { PyNode } from './tree.ts';
import type { Writer } from './writer.ts';

/**
 * Binds the names of a loop, or of a comprehension, to what each item is.
 *
 * @param given the names, with the commas: `name,` is the one item of a tuple
 * @returns the pattern
 * @throws Refusal
 */
export function bindTarget(writer: Writer, given: readonly PyNode[], item: Kind): string {
  const targets = given.filter(({ type }) => type !== ',');
  const [only] = targets;
  if (given.length === 1 && only?.type === 'VariableName') {
    writer.names.bind(only.text, item);
    return writer.names.typeScript(only.text);
  }
  const names = targets.flatMap(each =>
    each.type === 'TupleExpression' || each.type === 'ArrayExpression'
      ? each.children.slice(1, -1).filter(({ type }) => type !== ',')
      : [each],
  );
  if (item.is !== 'tuple' || item.items.length !== names.length || item.isNullable)
    throw new Refusal('It is not known that there are as many values as names', 'const [a, b] = list');
  const written = names.map((name, index) => {
    const kind = item.items[index] ?? unknown;
    return bindTarget(writer, [name], kind);
  });
  return `[${written.join(', ')}]`;
}

/** What an attribute is assigned to, such as `user.username`. @throws Refusal */
export function attributeTarget(writer: Writer, node: PyNode): Code {
  const [object, separator, name] = node.children;
  if (!object || separator?.type !== '.' || !name) throw new Refusal(`${node.text} cannot be assigned to`);
  const of = writer.expression(object);
  const { kind } = of;
  if (kind.is === 'unknown') return writer.expression(node);
  if (kind.is !== 'entity')
    throw new Refusal(`${node.text} = … is not translated`, `${owner(of)}.${camelCase(name.text)} = …`);
  const property = propertyIn(writer, kind.name, name.text);
  const found = writer.names.models[kind.name]?.properties[property];
  const isKey =
    found?.target !== undefined &&
    !found.isMany &&
    property !== name.text &&
    camelCase(name.text) !== property;
  if (isKey)
    throw new Refusal(
      `${kind.name} has no property for the column ${name.text}`,
      `${owner(of)}.${property} = em.getReference(${found.target}, …)`,
    );
  return code(`${owner(of)}.${property}`, found?.kind ?? unknown);
}
