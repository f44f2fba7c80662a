import { parametersOf } from './functions.ts';
import { join, type Kind, none, unknown } from './kinds.ts';
import { Refusal } from './refusal.ts';
import type { StatementWriter } from './statement-writer.ts';
import { bodyOf, boundIn, child, namesIn, type PyNode, walk } from './tree.ts';

/** `def`. @throws Refusal */
export function definition(writer: StatementWriter, node: PyNode): string[] {
  const name = child(node, 'VariableName')?.text ?? '';
  if (node.children[0]?.type === 'async')
    throw new Refusal('async is not translated', `function ${name}() { … }`);
  if (writer.within)
    throw new Refusal('A function within a function is not translated', `const ${name} = () => …`);
  const body = child(node, 'Body') as PyNode;
  walk(body, ({ type }) => {
    if (type === 'YieldExpression' || type === 'YieldStatement' || type === 'ScopeStatement')
      throw new Refusal(
        `${type === 'ScopeStatement' ? 'global' : 'yield'} is not translated`,
        'function* list() { yield 1 }',
      );
  });
  const parameters = parametersOf(child(node, 'ParamList'), writer);
  const locals = [...boundIn(bodyOf(body))].filter(local => !parameters.some(each => each.name === local));
  const first = new Set(
    bodyOf(body).flatMap(each =>
      each.type === 'AssignStatement' &&
      each.children[0]?.type === 'VariableName' &&
      each.children[1]?.type === 'AssignOp'
        ? [each.children[0].text]
        : [],
    ),
  );
  const used = { undeclared: new Set(locals), returns: [] as Kind[] };
  const names = parameters.map(({ name: parameter }) => parameter);
  const itself: Kind = {
    is: 'function',
    parameters: names,
    takes: parameters.map(({ kind }) => kind),
    returns: unknown,
  };
  const previous = writer.names.lookUp(name);
  writer.names.bind(name, itself);
  const { later } = writer;
  writer.later = new Set();
  writer.within = used;
  try {
    const block = writer.names.inside(
      parameters.map(each => [each.name, each.kind] as const),
      () => {
        // What is first assigned in a block is used after it, too.
        const before = locals.filter(local => !first.has(local) && !isLoopOnly(bodyOf(body), local));
        for (const local of before) used.undeclared.delete(local);
        const written = writer.block(body);
        return before.length > 0 ? `  let ${before.join(', ')}\n${written}` : written;
      },
    );
    const returns = endsInReturn(bodyOf(body)) ? used.returns.reduce(join) : used.returns.reduce(join, none);
    writer.names.widen(name, { ...itself, returns });
    const written = parameters.map(
      each =>
        writer.names.typeScript(each.name) + (each.value ? ` = ${writer.expression(each.value).ts}` : ''),
    );
    return [
      `function ${writer.names.typeScript(name)}(${written.join(', ')}) {\n${block}\n}`.replace(
        '{\n\n}',
        '{}',
      ),
    ];
  } catch (error) {
    if (previous) writer.names.widen(name, previous);
    throw error;
  } finally {
    writer.within = undefined;
    writer.later = later;
  }
}

/** Whether a name is bound by loops alone, and used in them alone. */
function isLoopOnly(body: readonly PyNode[], name: string): boolean {
  return (
    body.every(statement => {
      if (!namesIn([statement]).has(name)) return true;
      return (
        statement.type === 'ForStatement' &&
        namesIn(
          statement.children.slice(
            1,
            statement.children.findIndex(({ type }) => type === 'in'),
          ),
        ).has(name)
      );
    }) && body.filter(statement => namesIn([statement]).has(name)).length === 1
  );
}

function endsInReturn(body: readonly PyNode[]): boolean {
  return body.at(-1)?.type === 'ReturnStatement';
}
