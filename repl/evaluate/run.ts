import { Script } from 'node:vm';
import { tooDeep } from '../syntax/parse.ts';
import { compile, type Compiled, compileForEval } from './compile.ts';
import { asideSource } from './runtime/aside-source.ts';
import { noticing } from './runtime/handed-over.ts';
import { Interrupted, Interrupts } from './runtime/interrupt.ts';
import { Overrides } from './runtime/overrides.ts';
import type { LazySource } from './runtime/lazy-source.ts';
import { createRuntime, type Runtime } from './runtime/runtime.ts';
import type { Scope } from './runtime/scope.ts';
import type { Load } from './runtime/modules.ts';

/** What happened when a line ran. `value` is present if the line ends in an expression. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value?: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'interrupted' };

type CompiledLine = (
  runtime: Runtime['waiting'],
  scope: Record<string, unknown>,
  now: Runtime['now'],
) => () => Promise<{ readonly value: unknown } | undefined>;

/** What the code of a prompt needs to run. */
export interface EvaluatorOptions {
  /** Loads what has not been loaded. */
  readonly source: LazySource;
  readonly scope: Scope;
  /** Imports a module for `import` in typed code. */
  readonly load: Load;
  readonly stop?: Stop | undefined;
}

/** How another thread stops code that never waits. */
export interface Stop {
  /** Shared memory that it sets to 1 to stop a loop. */
  readonly flag: Int32Array;
  /**
   * Whether it may then send SIGINT, which stops other code, too. Node.js starts a thread for every line to watch for
   * that, so only a terminal asks for it.
   */
  readonly sendsSigint: boolean;
}

/** Compiles and runs typed code in one scope, line by line. */
export class Evaluator {
  readonly #scope: Scope;
  readonly #source: LazySource;
  readonly #runtime: Runtime;
  readonly #interrupts: Interrupts;
  readonly #breakOnSigint: boolean;
  readonly #overrides = new Overrides();
  /** Whether a line so far could have overwritten what JavaScript has, or have left behind what could. */
  #mayOverwrite = false;

  constructor({ source, scope, load, stop }: EvaluatorOptions) {
    this.#interrupts = new Interrupts(stop?.flag ?? new Int32Array(1));
    this.#scope = scope;
    this.#source = source;
    this.#runtime = createRuntime({
      source: asideSource(source, this.#overrides),
      scope,
      overrides: this.#overrides,
      interrupts: this.#interrupts,
      load,
      compileForEval: (text, place, waits) => compileForEval(text, scope, place, waits),
    });
    this.#breakOnSigint = stop?.sendsSigint ?? false;
  }

  /** Takes back what code that ran between lines has overwritten, as a timer may; call it before a line is read. */
  prepare(): void {
    if (!this.#mayOverwrite) return;
    this.#overrides.begin(false);
    this.#overrides.end();
  }

  compile(text: string): Compiled {
    return compile(text, this.#scope);
  }

  /** @param number what the stacks of errors name the line by, as in `prompt:3:1:5` */
  async run(compiled: Extract<Compiled, { kind: 'compiled' }>, number: number): Promise<Outcome> {
    const { code, declared, reachesBuiltIns, overwrites } = compiled;
    this.#mayOverwrite ||= reachesBuiltIns;
    try {
      const line = toLine(`${code}\n//# sourceURL=prompt:${number}`);
      this.#scope.redeclare(declared);
      const start = line(this.#runtime.waiting, this.#scope.bindings, this.#runtime.now);
      const run = () => {
        if (this.#mayOverwrite) this.#overrides.begin(overwrites);
        return this.#breakOnSigint ? startInterruptibly(start) : start();
      };
      const returned = await noticing(
        () => this.#interrupts.run(run),
        () => this.#source.cannotWait('What a callback returns'),
      );
      return returned ? { kind: 'returned', value: returned.value } : { kind: 'returned' };
    } catch (error) {
      return isInterruption(error) || isTermination(error)
        ? { kind: 'interrupted' }
        : { kind: 'threw', error };
    } finally {
      if (this.#mayOverwrite) this.#overrides.end();
    }
  }

  /** Called before each row becomes an object. @throws what ends the running statement, if it is to stop */
  checkRow(): void {
    this.#interrupts.checkRow();
  }

  /**
   * Stops the running statement, at the latest when what it waits for is there.
   *
   * @param abandons whether that is not waited for
   * @returns whether a statement was running
   */
  interrupt(abandons: boolean): boolean {
    return this.#interrupts.interrupt(abandons);
  }
}

/** Whether an error is none: it stopped code of a statement that was interrupted. */
export function isInterruption(error: unknown): boolean {
  return error instanceof Interrupted;
}

// An indirect eval runs in this module's realm, so that `[] instanceof Array` and `new Date()` mean the same to the ORM as
// they do at the prompt.
const { eval: evaluate } = globalThis;

/** @throws SyntaxError for a line that is nested too deeply */
function toLine(code: string): CompiledLine {
  try {
    return evaluate(code) as CompiledLine;
  } catch (error) {
    throw error instanceof RangeError ? new SyntaxError(tooDeep) : error;
  }
}

const startKey = Symbol.for('mikroscope.start');
const trampoline = new Script(`globalThis[Symbol.for('mikroscope.start')]()`, { filename: 'mikroscope' });

/** Only code that is started through node:vm can be stopped by a signal while it does not wait. */
function startInterruptibly<T>(start: () => Promise<T>): Promise<T> {
  const global = globalThis as Record<PropertyKey, unknown>;
  global[startKey] = start;
  try {
    return trampoline.runInThisContext({ breakOnSigint: true }) as Promise<T>;
  } finally {
    delete global[startKey];
  }
}

function isTermination(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}
