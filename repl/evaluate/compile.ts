import type { Program } from 'acorn';
import { assignedNames } from '../syntax/assigned-names.ts';
import { lexicalNames, variableNames } from '../syntax/names.ts';
import { parseTyped } from '../syntax/parse.ts';
import type { SourceError } from '../syntax/source-error.ts';
import type { Scope } from './runtime/scope.ts';
import { withTemporaries } from './writing/awaited.ts';
import { atPrompt } from './writing/position.ts';
import { arrayCallbacks } from './rewrites/array-callbacks.ts';
import { assignments } from './rewrites/assignments.ts';
import { awaits } from './rewrites/awaits.ts';
import { blocks } from './rewrites/blocks.ts';
import { chains } from './rewrites/chains.ts';
import { classes } from './rewrites/classes.ts';
import { constructors } from './rewrites/constructors.ts';
import { declarations } from './rewrites/declarations.ts';
import { deletions } from './rewrites/deletions.ts';
import { forOf } from './rewrites/for-of.ts';
import { functions } from './rewrites/functions.ts';
import { imports } from './rewrites/imports.ts';
import { lineValue } from './rewrites/line-value.ts';
import { loops } from './rewrites/loops.ts';
import { names } from './rewrites/names.ts';
import { passThrough } from './rewrites/pass-through.ts';
import { semicolons } from './rewrites/semicolons.ts';
import { spreads } from './rewrites/spreads.ts';
import { templates } from './rewrites/templates.ts';
import { madeUp, type Rewrite, runtime, scope, Writer } from './writing/writer.ts';

/** JavaScript that is ready to run, or what is wrong with the text. */
export type Compiled =
  | {
      readonly kind: 'compiled';
      readonly code: string;
      /** The names that the line declares at the prompt. */
      readonly declared: readonly string[];
    }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid'; readonly error: SourceError };

/**
 * Compiles typed TypeScript to JavaScript with implicit awaits. Nothing runs. README.md shows what each rewrite does.
 *
 * @param text one or more statements
 * @param known the names that are bound at the prompt
 * @returns the source of a function `(runtime, scope) => async () => [value] | undefined`
 */
export function compile(text: string, known: Pick<Scope, 'has'>): Compiled {
  const parsed = parseTyped(text);
  if (parsed.kind !== 'program') return parsed;
  const { program, source } = parsed;
  const variables = program.body.flatMap(variableNames);
  const declared = [...lexicalNames(program.body), ...variables];
  const writer = new Writer(source, rewritesFor(program, globalNames(program, declared, known)));
  return { kind: 'compiled', code: wrap(program, writer, variables), declared };
}

/**
 * The first rewrite that takes a node wins. Each takes nodes of its own, so that their order does not matter, but for
 * `declarations`, which leaves nodes to the ones after it.
 */
function rewritesFor(program: Program, isGlobal: (name: string) => boolean): readonly Rewrite[] {
  return [
    lineValue(program),
    // A class at the prompt, or a function in a block there, is a declaration before it is a class or a function.
    declarations,
    imports,
    names(isGlobal),
    functions,
    classes,
    blocks,
    loops,
    forOf,
    semicolons,
    assignments,
    deletions,
    chains,
    arrayCallbacks,
    passThrough,
    constructors,
    templates,
    spreads,
    awaits,
  ];
}

/**
 * Decides which names mean JavaScript's own globals, which are read as they are. One that the program assigns becomes
 * the prompt's, unless assigning to it does nothing: `undefined`, `NaN`.
 */
function globalNames(
  program: Program,
  declared: readonly string[],
  known: Pick<Scope, 'has'>,
): (name: string) => boolean {
  const assigned = assignedNames(program);
  for (const name of declared) assigned.add(name);
  const isReadOnly = (name: string) => Object.getOwnPropertyDescriptor(globalThis, name)?.writable === false;
  return name => name in globalThis && !known.has(name) && (!assigned.has(name) || isReadOnly(name));
}

function wrap(program: Program, writer: Writer, variables: readonly string[]): string {
  const at = atPrompt(usingNames(program));
  const body = writer.fill(program, program.body, statement => writer.write(statement, at));
  const hoisted = [
    ...variables.map(name => `${runtime}.declare(${JSON.stringify(name)}); `),
    ...functionNames(program).map(name => `${scope}.${name} = ${name}; `),
  ].join('');
  const code = `(${runtime}, ${scope}) => async () => ${withTemporaries(`{ ${hoisted}${body}\n}`, at.temporaries)}`;
  return code.replaceAll(madeUp, unusedPrefix(writer.source));
}

/** The names of `using` declarations, which end with their line. */
function usingNames(program: Program): string[] {
  return lexicalNames(
    program.body.filter(each => each.type === 'VariableDeclaration' && each.kind.includes('using')),
  );
}

function functionNames({ body }: Program): string[] {
  return body.flatMap(each => (each.type === 'FunctionDeclaration' ? [each.id.name] : []));
}

/** The start of a name that is nowhere in the source. */
function unusedPrefix(source: string): string {
  let prefix = '__';
  while (source.includes(prefix)) prefix += '_';
  return prefix;
}
