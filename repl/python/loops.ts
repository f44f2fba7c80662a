import type { Code } from './code.ts';
import { listOf } from './compare.ts';
import { itemOf, type Kind, pickOf } from './kinds.ts';
import { Refusal } from './refusal.ts';
import type { StatementWriter } from './statement-writer.ts';
import { bindTarget } from './targets.ts';
import { boundIn, namesIn, type PyNode, walk } from './tree.ts';

/** `for x in xs`. @throws Refusal */
export function forLoop(writer: StatementWriter, { children }: PyNode): string[] {
  if (children[0]?.type === 'async' || children.some(({ type }) => type === 'else'))
    throw new Refusal('else of a loop is not translated', 'if (!found) { … }');
  const at = children.findIndex(({ type }) => type === 'in');
  const targets = children.slice(1, at);
  const [source, body] = [children[at + 1], children.at(-1)] as [PyNode, PyNode];
  const meant = meantInstead(writer, targets, body);
  if (meant) {
    writer.notes.push(`the loop has no ${meant.text} but ${targets[0]?.text}, which is meant`);
    targets.splice(0, 1, meant);
  }
  const over = writer.expression(source);
  const item = itemOf(over.kind);
  if (!item || over.kind.isNullable)
    throw new Refusal(`It is not known that ${over.ts} is a list`, `for (const each of ${over.ts})`);
  const names = [...namesIn(targets)];
  const isKept = names.some(
    name => writer.later.has(name) || (!writer.within && isValue(writer.names.lookUp(name))),
  );
  const isChanged = names.some(name => boundIn([body]).has(name));
  const keyword = isKept ? '' : isChanged ? 'let ' : 'const ';
  if (!isKept) for (const name of names) writer.within?.undeclared.delete(name);
  const head = (bound: string): string =>
    (isKept || isChanged ? undefined : counted(bound, over.ts)) ?? `${keyword}${bound} of ${iterated(over)}`;
  const written = writer.names.again(() => {
    const bound = bindTarget(writer, targets, item);
    return `for (${head(bound)}) {\n${writer.block(body)}\n}`;
  });
  if (!isKept && !writer.within)
    for (const name of names)
      writer.names.bind(name, {
        is: 'refused',
        why: `${name} is the variable of a loop, and has no value after it here`,
      });
  return [written];
}

/** What a loop goes over: an array only where an iterator would not do. */
function iterated(over: Code): string {
  const { kind, ts } = over;
  const isList = kind.is === 'map' || (kind.is === 'rows' && pickOf(kind) !== undefined);
  // The copy that a list of entries is would be thrown away.
  return (isList ? listOf(over) : ts).replace(/^\[\.\.\.(\w+(?:\.\w+\(\))?(?:\.entries\(\))?)\]$/, '$1');
}

/** A loop over `range()` whose bounds are numbers, as it is written in JavaScript. */
function counted(name: string, over: string): string | undefined {
  const [, size, start = '0'] =
    /^Array\.from\(\{ length: (\d+) \}, \(_, index\) => index(?: \+ (\d+))?\)$/.exec(over) ?? [];
  return size === undefined
    ? undefined
    : `let ${name} = ${start}; ${name} < ${Number(start) + Number(size)}; ${name}++`;
}

/** The name that the body of a loop has for its variable, where it is the plural of it, and nothing else has that name. */
function meantInstead(writer: StatementWriter, targets: readonly PyNode[], body: PyNode): PyNode | undefined {
  const [only, ...others] = targets;
  if (!only || others.length > 0 || namesIn([body]).has(only.text)) return undefined;
  let found: PyNode | undefined;
  walk(body, node => {
    const isNear = node.text === `${only.text}s` || only.text === `${node.text}s`;
    if (node.type === 'VariableName' && isNear && writer.names.lookUp(node.text) === undefined) found = node;
  });
  return found;
}

/** @throws Refusal */
export function whileLoop(writer: StatementWriter, { children }: PyNode): string[] {
  const [, test, body] = children as [PyNode, PyNode, PyNode];
  if (children.some(({ type }) => type === 'else'))
    throw new Refusal('else of a loop is not translated', 'if (!found) { … }');
  return [writer.names.again(() => `while (${writer.truth(test).ts}) {\n${writer.block(body)}\n}`)];
}

/** Whether a name has a value that a loop would replace. */
function isValue(kind: Kind | undefined): boolean {
  return kind !== undefined && kind.is !== 'refused';
}
