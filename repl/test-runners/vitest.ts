import { transcriptsFor } from './transcripts.ts';

/** The part of vitest that is used. */
interface Vitest {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: ((name: string, test: (context: Context) => Promise<void>, timeout?: number) => unknown) & {
    readonly skip: (name: string, test: () => void) => unknown;
  };
  readonly afterAll: (end: () => Promise<void>) => unknown;
}

interface Context {
  readonly skip: (why?: string) => void;
}

// Not a literal in the import: vitest is only installed in projects that use it.
const runner = 'vitest';

const { describe, it, afterAll } = (await import(runner)) as Vitest;

/** Defines a vitest test for every step of transcripts. */
export const transcripts = transcriptsFor({
  describe,
  it: (name, test, timeout) => it(name, context => test(why => context.skip(why)), timeout),
  skipped: name => it.skip(name, () => {}),
  afterAll,
});
