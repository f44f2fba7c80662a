import { caughtBy } from './errors-caught.ts';
import { Refusal } from './refusal.ts';
import type { StatementWriter } from './statement-writer.ts';
import { bodyOf, type PyNode } from './tree.ts';

/** `try` with one `except`, or `finally`. @throws Refusal */
export function tryStatement(writer: StatementWriter, { children }: PyNode): string[] {
  const [, body] = children as [PyNode, PyNode];
  if (children.some(({ type }) => type === 'else'))
    throw new Refusal('else of try is not translated', 'try { … } catch (error) { … }');
  if (!children.some(({ type }) => type === 'except' || type === 'finally'))
    throw new Refusal('try has no except');
  const written: string[] = [];
  const handlers: string[] = [];
  writer.names.either([() => undefined, () => void written.push(`try {\n${writer.block(body)}`)]);
  let hasRest = true;
  for (const [index, { type }] of children.entries()) {
    if (type === 'finally') written.push(`} finally {\n${writer.block(children[index + 1] as PyNode)}`);
    if (type !== 'except') continue;
    const end = children.findIndex((node, at) => at > index && node.type === 'Body');
    const [caught, as, name] = children.slice(index + 1, end);
    const variable = as && name ? writer.names.typeScript(name.text) : 'error';
    if (handlers.length > 0 && variable !== 'error')
      throw new Refusal('Several names for what is caught are not translated', 'catch (error) { … }');
    const test = caughtBy(caught, variable);
    hasRest = test !== undefined;
    const [, block = ''] = writer.names.either([
      () => '',
      () =>
        writer.names.inside(as && name ? [[name.text, { is: 'error' }]] : [['error', { is: 'error' }]], () =>
          writer.block(children[end] as PyNode),
        ),
    ]);
    handlers.push(
      test === undefined && handlers.length === 0
        ? `} catch (${variable}) {\n${block}`
        : handler(handlers.length, variable, test, block),
    );
  }
  const isTested = handlers.length > 0 && hasRest;
  if (handlers.length > 0)
    written.splice(
      1,
      0,
      handlers.join('\n') +
        (isTested && handlers.length > 1 ? '\n  } else throw error' : handlers.length > 1 ? '\n  }' : ''),
    );
  return [`${written.join('\n')}\n}`.replaceAll('\n\n', '\n')];
}

function handler(index: number, variable: string, test: string | undefined, block: string): string {
  if (index > 0)
    throw new Refusal(
      'Several except are not translated',
      'catch (error) { if (error.name === …) { … } else { … } }',
    );
  return `} catch (${variable}) {\n  if (!${test?.startsWith('[') ? test : `(${test})`}) throw ${variable}\n${block}`;
}

/** `with db.session.begin_nested():`. @throws Refusal */
export function withStatement(writer: StatementWriter, { children }: PyNode): string[] {
  const [, context, ...rest] = children as [PyNode, PyNode, ...PyNode[]];
  const body = rest.at(-1) as PyNode;
  if (/\bapp_context\(\)$|\btest_request_context\(\)$/.test(context.text)) {
    writer.notes.push('the shell is in the context of the application already');
    return bodyOf(body).flatMap(each => writer.statement(each, writer.later));
  }
  if (
    rest.length > 1 ||
    !context.text.endsWith('.begin_nested()') ||
    writer.object(context.children[0]?.children[0] as PyNode).kind.is !== 'session'
  )
    throw new Refusal(
      `with ${context.text} is not translated`,
      context.text.endsWith('.begin()') ? 'commit()' : 'try { … } finally { … }',
    );
  const before = writer.isNested;
  writer.isNested = true;
  try {
    return [`nested(() => {\n${writer.block(body)}\n})`];
  } finally {
    writer.isNested = before;
  }
}
