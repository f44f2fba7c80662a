import type { AnyNode, Node, Pattern, Program } from 'acorn';
import { boundNames, lexicalNames, Names, variableNames } from '../syntax/names.ts';
import { parseTyped } from '../syntax/parse.ts';
import type { SourceError } from '../syntax/source-error.ts';
import { access } from './rewrites/access.ts';
import { assignments } from './rewrites/assignments.ts';
import { declarations } from './rewrites/declarations.ts';
import { functions, withTemporaries } from './rewrites/functions.ts';
import { loops } from './rewrites/loops.ts';
import { result } from './rewrites/result.ts';
import { statements } from './rewrites/statements.ts';
import { passThrough } from './rewrites/pass-through.ts';
import { mark, runtime, scope, Writer, type Rewrite, type Position } from './writer.ts';
import { childrenOf } from '../syntax/walk.ts';

/** What the compiler asks of the prompt's scope. */
export interface KnownNames {
  /** Whether a name is bound at the prompt, by a line before or by the shell itself. */
  has(name: string): boolean;
}

/** JavaScript ready to run, or what was wrong with the text. */
export type Compiled =
  | {
      readonly kind: 'compiled';
      readonly code: string;
      /** The names that the line gives to the prompt. */
      readonly declared: readonly string[];
    }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid'; readonly error: SourceError };

/**
 * Compiles typed TypeScript to JavaScript with implicit awaits. Nothing runs.
 *
 * @param text one or more statements
 * @param known the names bound at the prompt
 * @returns the source of a function `(runtime, scope) => async () => { value } | undefined`
 */
export function compile(text: string, known: KnownNames): Compiled {
  const parsed = parseTyped(text);
  if (parsed.kind !== 'program') return parsed;
  const { program, source } = parsed;
  const variables = program.body.flatMap(variableNames);
  const declared = [...lexicalNames(program.body), ...variables];
  const assigned = assignedNames(program, declared);
  const writer = new Writer(source, [
    // what a line shows is decided before anything about it is rewritten
    result(program),
    // a declaration takes its whole statement, names included
    declarations,
    // functions, blocks and loops say which names are whose, before any name is written
    functions,
    loops,
    statements,
    // a target is not a read, so assignments come before access
    assignments(name => name in globalThis && !known.has(name) && (!assigned.has(name) || isFixed(name))),
    // what is wanted as it comes is decided outside in
    passThrough,
    access,
  ] satisfies Rewrite[]);
  return { kind: 'compiled', code: wrap(program, writer, variables), declared };
}

function wrap(program: Program, writer: Writer, variables: readonly string[]): string {
  const at: Position = {
    awaitable: true,
    level: 'prompt',
    names: new Names(usedNames(program)),
    temporaries: new Set(),
    raw: false,
  };
  const body = writer.fill(program, program.body, statement => writer.write(statement, at));
  const hoisted = [
    ...variables.map(name => `${runtime}.declare(${JSON.stringify(name)}); `),
    ...functionsOf(program).map(name => `${scope}.${name} = ${name}; `),
  ].join('');
  const code = `(${runtime}, ${scope}) => async () => ${withTemporaries(`{ ${hoisted}${body}\n}`, at.temporaries)}`;
  return code.replaceAll(mark, untyped(writer.source));
}

function functionsOf({ body }: Program): string[] {
  return body.flatMap(each => (each.type === 'FunctionDeclaration' ? [each.id.name] : []));
}

/** The beginning of a name that the source has nowhere. */
function untyped(source: string): string {
  let name = '__';
  while (source.includes(name)) name += '_';
  return name;
}

/** Whether assigning to one of JavaScript's own names does nothing: `undefined`, `NaN`. */
function isFixed(name: string): boolean {
  return Object.getOwnPropertyDescriptor(globalThis, name)?.writable === false;
}

/** The names of `using` declarations: they end with their line. */
function usedNames(program: Program): string[] {
  return lexicalNames(
    program.body.filter(each => each.type === 'VariableDeclaration' && each.kind.includes('using')),
  );
}

/** The names that a program assigns or declares anywhere: from then on they are the prompt's, whatever JavaScript has. */
function assignedNames(program: Program, declared: readonly string[]): Set<string> {
  const names = new Set(declared);
  collect(program);
  return names;

  function collect(node: Node): void {
    const target = targetOf(node as AnyNode);
    if (target) for (const name of boundNames(target)) names.add(name);
    childrenOf(node).forEach(collect);
  }
}

function targetOf(node: AnyNode): Pattern | undefined {
  switch (node.type) {
    case 'AssignmentExpression':
      return node.left;
    case 'UpdateExpression':
      return node.argument as Pattern;
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration' ? undefined : node.left;
    default:
      return undefined;
  }
}
