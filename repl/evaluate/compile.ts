import { type AnyNode, getLineInfo, type Program } from 'acorn';
import { assignedNames } from '../syntax/assigned-names.ts';
import { functionDeclarations, hoistedNames, lexicalNames, variableNames } from '../syntax/names.ts';
import { parseTyped, unlessTooDeep } from '../syntax/parse.ts';
import { awaitInFunction } from '../syntax/reworded.ts';
import { reachesBuiltIns } from '../syntax/reaches-built-ins.ts';
import type { SourceError } from '../syntax/source-error.ts';
import { walk } from '../syntax/walk.ts';
import type { Scope } from './runtime/scope.ts';
import { withTemporaries } from './writing/awaited.ts';
import { atPrompt, inEval, type Position } from './writing/position.ts';
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
import { methods } from './rewrites/methods.ts';
import { surroundings } from './rewrites/surroundings.ts';
import { templates } from './rewrites/templates.ts';
import { uses } from './rewrites/uses.ts';
import { writeRegistrations } from './writing/registrations.ts';
import { evalNames, madeUp, runtime, runtimeForNow, scope } from './writing/compiled-names.ts';
import type { EvalPlace } from './runtime/evals.ts';
import { type Rewrite, Writer } from './writing/writer.ts';

/** JavaScript that is ready to run, or what is wrong with the text. */
export type Compiled =
  | {
      readonly kind: 'compiled';
      readonly code: string;
      /** The names that the line declares at the prompt. */
      readonly declared: readonly string[];
      /** Whether it could overwrite what JavaScript itself uses, now or by what it leaves behind. */
      readonly reachesBuiltIns: boolean;
      /** Whether the line itself could do so. */
      readonly overwrites: boolean;
    }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid'; readonly error: SourceError };

/**
 * Compiles typed TypeScript to JavaScript with implicit awaits. Nothing runs, and nothing is thrown. README.md shows what
 * each rewrite does.
 *
 * @param text one or more statements
 * @param known the names that are bound at the prompt
 * @returns the source of a function `(runtime, scope) => async () => [value] | undefined`
 */
export function compile(text: string, known: Pick<Scope, 'has'>): Compiled {
  const parsed = parseTyped(text);
  return parsed.kind === 'program' ? unlessTooDeep<Compiled>(() => compileProgram(parsed, known)) : parsed;
}

type ParsedProgram = Extract<ReturnType<typeof parseTyped>, { kind: 'program' }>;

/** What is needed to write a program, or what is wrong with it. */
function prepare({ program, source, typed }: ParsedProgram, known: Pick<Scope, 'has'>) {
  const error = errorIn(program, source);
  if (error) return { kind: 'invalid', error } as const;
  const hoisted = hoistedNames(program.body);
  const variables = [...program.body.flatMap(variableNames), ...hoisted];
  const declared = [...lexicalNames(program.body), ...variables];
  const isGlobal = globalNames(program, declared, known);
  const writer = new Writer(source, typed, rewritesFor(program, isGlobal));
  return { kind: 'prepared', writer, variables, hoisted, declared, isGlobal } as const;
}

function compileProgram(parsed: ParsedProgram, known: Pick<Scope, 'has'>): Compiled {
  const prepared = prepare(parsed, known);
  if (prepared.kind === 'invalid') return prepared;
  const { writer, variables, hoisted, declared, isGlobal } = prepared;
  const reaches = reachesBuiltIns(parsed.program, isGlobal, 'through others');
  return {
    kind: 'compiled',
    code: wrap(parsed.program, writer, variables, hoisted),
    declared,
    reachesBuiltIns: reaches,
    overwrites: reaches && reachesBuiltIns(parsed.program, isGlobal, 'itself'),
  };
}

/**
 * Compiles what `eval` is given, as an expression that is evaluated at the place of the call.
 *
 * @param text one or more statements
 * @param known the names that are bound at the prompt
 * @param place where the call is
 * @param waits whether the code may wait
 */
export function compileForEval(
  text: string,
  known: Pick<Scope, 'has'>,
  place: EvalPlace,
  waits: boolean,
): Compiled {
  const parsed = parseTyped(text);
  if (parsed.kind !== 'program') return parsed;
  return unlessTooDeep<Compiled>(() => {
    const prepared = prepare(parsed, known);
    if (prepared.kind === 'invalid') return prepared;
    const { writer, declared, variables, hoisted } = prepared;
    const { program, source } = parsed;
    const isPrompt = place.isPrompt && !isStrict(program);
    const declaredFunctions = functionDeclarations(program.body).map(({ id }) => id.name);
    const ofPrompt = new Set(isPrompt ? [...variables, ...declaredFunctions] : []);
    const own = declared.filter(name => !ofPrompt.has(name));
    const at = inEval([...own, ...place.names], isPrompt ? hoisted : [], waits, { ...place, isPrompt });
    const body = writer.fill(program, program.body, statement => writer.write(statement, at));
    const before = writeHoisted(program, isPrompt ? variables : [], isPrompt, at, writer);
    const inside = withTemporaries(`{ ${before}${body}\n}`, at.temporaries);
    const made = `((${evalNames.join(', ')}) => (${waits ? 'async ' : ''}() => ${inside})())`;
    const received = evalNames.map(name => name.replaceAll(madeUp, place.prefix)).join(', ');
    return {
      kind: 'compiled',
      code: `${made.replaceAll(madeUp, unusedPrefix(source))}(${received})`,
      declared: [],
      reachesBuiltIns: true,
      overwrites: true,
    };
  });
}

/** What JavaScript has, and the prompt cannot. */
function errorIn(program: Program, source: string): SourceError | undefined {
  let error: SourceError | undefined;
  walk(program, node => {
    const message = refusalOf(node);
    if (message !== undefined) error ??= { message, ...getLineInfo(source, node.start) };
  });
  return error;
}

function refusalOf(node: AnyNode): string | undefined {
  if (node.type === 'WithStatement')
    return 'with cannot be used here: write the object before each name, as in Math.PI.';
  // In a function that is not async, `await (x)` is a call.
  const isAwait =
    node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'await';
  return isAwait ? awaitInFunction : undefined;
}

/**
 * The first rewrite that takes a node wins. Each takes nodes of its own, so that their order does not matter, but for the
 * ones with a comment, which leave nodes to those after them.
 */
function rewritesFor(program: Program, isGlobal: (name: string) => boolean): readonly Rewrite[] {
  return [
    lineValue(program),
    // A class at the prompt, or a function in a block there, is a declaration before it is a class or a function.
    declarations,
    imports,
    // `arguments` may be that of the function around an arrow function, before it is a name.
    surroundings,
    // `delete x` and `typeof x` are about a name, before there is an operand.
    names(isGlobal),
    functions,
    methods,
    classes,
    blocks,
    loops,
    forOf,
    semicolons,
    assignments,
    deletions,
    uses,
    chains,
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

function wrap(
  program: Program,
  writer: Writer,
  variables: readonly string[],
  hoistedFunctions: readonly string[],
): string {
  const at = atPrompt(usingNames(program), hoistedFunctions);
  const body = writer.fill(program, program.body, statement => writer.write(statement, at));
  const hoisted = writeHoisted(program, variables, true, at, writer);
  const code = `(${runtime}, ${scope}, ${runtimeForNow}) => async () => ${withTemporaries(`{ ${hoisted}${body}\n}`, at.temporaries)}`;
  return code.replaceAll(madeUp, unusedPrefix(writer.source));
}

/** What comes before the statements: the prompt's variables are declared, and the functions given to it. */
function writeHoisted(
  program: Program,
  variables: readonly string[],
  isPrompt: boolean,
  at: Position,
  writer: Writer,
): string {
  const given = isPrompt ? functionDeclarations(program.body) : [];
  return [
    ...variables.map(name => `${runtime}.declare(${JSON.stringify(name)}); `),
    writeRegistrations(program.body, at, writer),
    ...given.map(({ id }) => `${scope}.${id.name} = ${id.name}; `),
  ].join('');
}

function isStrict({ body: [first] }: Program): boolean {
  return first?.type === 'ExpressionStatement' && first.directive === 'use strict';
}

/** The names of `using` declarations, which end with their line. */
function usingNames(program: Program): string[] {
  return lexicalNames(
    program.body.filter(each => each.type === 'VariableDeclaration' && each.kind.includes('using')),
  );
}

/** The start of a name that is nowhere in the source. */
function unusedPrefix(source: string): string {
  let prefix = '__';
  while (source.includes(prefix)) prefix += '_';
  return prefix;
}
