import { Object, Proxy, Reflect } from './language.ts';
import type { Scope } from './scope.ts';
import { createCalls } from './calls.ts';
import { createCheckpoints } from './checkpoints.ts';
import { takeTarget, takeWaits } from './coroutine.ts';
import { destructuring } from './destructuring.ts';
import { type CompileForEval, createEvals } from './evals.ts';
import type { Interrupts } from './interrupt.ts';
import { createIteration } from './iteration.ts';
import type { LazySource } from './lazy-source.ts';
import { createModules, type Load } from './modules.ts';
import { createNames } from './names.ts';
import type { Overrides } from './overrides.ts';
import { createQuestions } from './questions.ts';
import { createReads } from './reads.ts';
import { createTypedFunctions } from './typed-functions.ts';
import { Item, started, takeMode } from './typed-generators.ts';

export interface RuntimeContext {
  /** Loads what has not been loaded. */
  readonly source: LazySource;
  /** The prompt's names. */
  readonly scope: Scope;
  readonly overrides: Overrides;
  /** Stops a statement at its checkpoints. */
  readonly interrupts: Interrupts;
  /** Imports a module for `import`. */
  readonly load: Load;
  readonly compileForEval: CompileForEval;
}

/** What compiled code calls. It has two faces of the same methods: one that can wait, and one that cannot. */
export interface Runtime {
  readonly waiting: Face;
  readonly now: Face;
}

type Face = ReturnType<typeof createFace>;

export function createRuntime(context: RuntimeContext): Runtime {
  const choose = {
    /** What a coroutine asks first: the face that its caller allows. */
    begun: (): Face => (takeWaits() ? runtime.waiting : runtime.now),
    /** A generator may be asked for each item by another caller. */
    begunGenerator: (): Face => {
      const mode = takeMode();
      return new Proxy(runtime.now, {
        get: (_, name) => Reflect.get(mode.waits ? runtime.waiting : runtime.now, name) as unknown,
      });
    },
  };
  const runtime: Runtime = {
    waiting: inheriting({ ...createFace(context, true), ...choose }),
    now: inheriting({ ...createFace(context, false), ...choose }),
  };
  return runtime;
}

/** V8 looks up the properties of an object that others inherit from faster than those of one that has so many. */
function inheriting<T extends object>(face: T): T {
  return Object.create(face) as T;
}

function createFace(context: RuntimeContext, waits: boolean) {
  const { source, scope, interrupts, overrides, load, compileForEval } = context;
  const reads = createReads(source, waits);
  const typed = createTypedFunctions(text => source.cannotWait(text));
  return {
    ...typed,
    // A class is defined with JavaScript as it was, whatever the line has overwritten.
    methods: ((...given) => overrides.aside(() => typed.methods(...given))) as typeof typed.methods,
    presentClass: ((...given) =>
      overrides.aside(() => typed.presentClass(...given))) as typeof typed.presentClass,
    newTarget: takeTarget,
    item: (value: unknown) => new Item(value),
    started,
    ...createCheckpoints(source, interrupts, overrides, waits),
    ...reads,
    ...createCalls({ source, scope, interrupts, overrides, waits }),
    ...createQuestions(source),
    ...destructuring,
    ...createIteration(source, reads, interrupts, waits),
    ...createNames(scope),
    ...createModules(load),
    ...createEvals((...given) => overrides.aside(() => compileForEval(...given)), waits),
  };
}
