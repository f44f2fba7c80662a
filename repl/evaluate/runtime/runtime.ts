import type { Scope } from './scope.ts';
import { createCalls } from './calls.ts';
import { createCheckpoints } from './checkpoints.ts';
import { destructuring } from './destructuring.ts';
import type { Interrupts } from './interrupt.ts';
import { createIteration } from './iteration.ts';
import type { LazySource } from './lazy-source.ts';
import { createLists } from './lists.ts';
import { createModules } from './modules.ts';
import { createNames } from './names.ts';
import { createReads } from './reads.ts';

export interface RuntimeContext {
  /** Loads what has not been loaded. */
  readonly source: LazySource;
  /** The prompt's names. */
  readonly scope: Scope;
  /** Stops a statement at its checkpoints. */
  readonly interrupts: Interrupts;
  /** Imports a module for `import`. */
  readonly load: (specifier: string) => Promise<unknown>;
}

/** What compiled code calls. Many methods have a variant with `Sync`, for functions that cannot wait. */
export type Runtime = ReturnType<typeof createRuntime>;

export function createRuntime({ source, scope, interrupts, load }: RuntimeContext) {
  const reads = createReads(source);
  return {
    ...createCheckpoints(interrupts),
    ...reads,
    ...createCalls(source, scope, reads),
    ...destructuring,
    ...createIteration(source, reads),
    ...createLists(source, reads, interrupts),
    ...createNames(scope),
    ...createModules(load),
  };
}
