import { parse } from 'acorn';
import { inspect } from 'node:util';
import { Evaluator } from '../../../../repl/evaluate/run.ts';
import type { LazySource } from '../../../../repl/evaluate/runtime/lazy-source.ts';
import { Scope } from '../../../../repl/evaluate/runtime/scope.ts';
import { createFixtures } from './fixtures.ts';

/** What a run did: the value it ended in or the error it threw, and what it logged on the way. */
export interface Observed {
  readonly value?: unknown;
  readonly shown?: string;
  readonly threw?: string;
  readonly log: readonly string[];
}

const no = () => false;

/** Nothing here has to be loaded: what is tested is the language. */
const nothingLazy: LazySource = {
  read: (object, key) => (object as Record<PropertyKey, unknown>)[key],
  isPlain: value => typeof value !== 'function',
  readSync: (object, key) => (object as Record<PropertyKey, unknown>)[key],
  target: object => object,
  targetSync: object => object,
  touch: () => undefined,
  cannotWait: typed => new Error(`${typed} would have to wait`),
  isEntity: no,
  isQuery: no as unknown as LazySource['isQuery'],
  isCollection: no,
  constructorOf: value => value,
};

/** A prompt that knows the given names. */
export function createPrompt(provided: Readonly<Record<string, unknown>>): Evaluator {
  return new Evaluator({
    source: nothingLazy,
    scope: new Scope(provided),
    load: specifier => import(specifier) as Promise<unknown>,
  });
}

/** Types lines at one prompt, and observes the last one that gave a value or threw. */
export async function type(...lines: readonly string[]): Promise<Observed> {
  const { log, ...names } = createFixtures();
  const prompt = createPrompt({ ...names, log });
  return observe(log, async () => {
    let value: unknown;
    for (const line of lines) value = await answer(prompt, line);
    return value;
  });
}

/** Types one line. @returns its value; throws what it threw */
export async function answer(prompt: Evaluator, line: string): Promise<unknown> {
  const compiled = prompt.compile(line);
  if (compiled.kind === 'invalid') throw new SyntaxError(compiled.error.message);
  if (compiled.kind === 'incomplete') throw new SyntaxError('Unexpected end of input');
  const outcome = await prompt.run(compiled, 1);
  if (outcome.kind === 'threw') throw outcome.error;
  return outcome.kind === 'returned' ? outcome.value : 'interrupted';
}

/** Runs JavaScript as the body of an async function, and returns the value of its last expression. */
export function runPlain(code: string): Promise<Observed> {
  const { log, ...names } = createFixtures();
  const all = { ...names, log };
  // oxlint-disable-next-line typescript/no-implied-eval -- running code is what this test is about
  const make = new Function(...Object.keys(all), `return async function () {${returning(code)}\n}`);
  const body = Reflect.apply(make, undefined, Object.values(all)) as () => Promise<unknown>;
  return observe(log, () => Reflect.apply(body, undefined, []));
}

async function observe(log: readonly string[], run: () => Promise<unknown>): Promise<Observed> {
  try {
    const value = await run();
    return { value, shown: inspect(value, { depth: 9 }), log };
  } catch (error) {
    return { threw: error instanceof Error ? `${error.name}: ${error.message}` : inspect(error), log };
  }
}

function returning(code: string): string {
  const { body } = parse(code, {
    ecmaVersion: 'latest',
    allowAwaitOutsideFunction: true,
    allowReturnOutsideFunction: true,
  });
  const last = body.findLast(statement => statement.type !== 'EmptyStatement');
  if (last?.type !== 'ExpressionStatement') return code;
  const { start, end } = last.expression;
  return `${code.slice(0, last.start)}return (${code.slice(start, end)});`;
}
