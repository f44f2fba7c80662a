import { Script } from 'node:vm';
import { compile, type Compiled } from './compile.ts';
import { Interrupted, Interrupts } from './runtime/interrupt.ts';
import { createRuntime, type LazySource, type Runtime } from './runtime/runtime.ts';
import type { Scope } from './scope.ts';

/** What came of running a line. `value` is there if the line ends in an expression. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value?: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'interrupted' };

type Line = (
  runtime: Runtime,
  scope: Record<string, unknown>,
) => () => Promise<readonly [value: unknown] | undefined>;

/** Where the code of a prompt runs. */
export interface EvaluatorOptions {
  readonly source: LazySource;
  readonly scope: Scope;
  /** Imports a module for `import` in typed code. */
  readonly load: (specifier: string) => Promise<unknown>;
  /**
   * Shared memory that another thread sets to 1 to stop loops that never wait; after that it may send SIGINT, which
   * stops other code too. Costs a thread a line; only a terminal wants it.
   */
  readonly stop?: Int32Array | undefined;
}

/** Compiles and runs typed code, line after line, in one scope. */
export class Evaluator {
  readonly #scope: Scope;
  readonly #runtime: Runtime;
  readonly #interrupts: Interrupts;
  readonly #breakOnSigint: boolean;
  #lines = 0;

  constructor({ source, scope, load, stop }: EvaluatorOptions) {
    this.#interrupts = new Interrupts(stop ?? new Int32Array(1));
    this.#scope = scope;
    this.#runtime = createRuntime(source, scope, this.#interrupts, load);
    this.#breakOnSigint = stop !== undefined;
  }

  compile(text: string): Compiled {
    return compile(text, this.#scope);
  }

  async run({ code, declared }: Extract<Compiled, { kind: 'compiled' }>): Promise<Outcome> {
    try {
      // An indirect eval runs in this module's own realm, so that `[] instanceof Array` and `new Date()` mean to the
      // ORM what they mean to the person typing.
      const evaluate = globalThis.eval as (source: string) => Line;
      const line = evaluate(`${code}\n//# sourceURL=prompt:${++this.#lines}`);
      this.#scope.redeclare(declared);
      const start = line(this.#runtime, this.#scope.bindings);
      const returned = await this.#interrupts.run(() =>
        this.#breakOnSigint ? startInterruptibly(start) : start(),
      );
      return returned ? { kind: 'returned', value: returned[0] } : { kind: 'returned' };
    } catch (error) {
      return error instanceof Interrupted || isTermination(error)
        ? { kind: 'interrupted' }
        : { kind: 'threw', error };
    }
  }

  /** @returns whether a statement was running */
  interrupt(): boolean {
    return this.#interrupts.interrupt();
  }
}

const key = Symbol.for('mikroscope.start');
const trampoline = new Script(`globalThis[Symbol.for('mikroscope.start')]()`, { filename: 'mikroscope' });

/** Only code started through node:vm can be stopped by a signal while it does not wait. */
function startInterruptibly<T>(start: () => Promise<T>): Promise<T> {
  const global = globalThis as Record<PropertyKey, unknown>;
  global[key] = start;
  try {
    return trampoline.runInThisContext({ breakOnSigint: true }) as Promise<T>;
  } finally {
    delete global[key];
  }
}

function isTermination(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}
