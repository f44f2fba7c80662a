// vitest is only installed in projects that use it. It has to be named where it is imported: vitest itself, which is to
// hand over the tests that it runs, does not find it otherwise in its pools of virtual machines.
// @ts-ignore There are no types of it here.
import * as vitest from 'vitest';
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

const { describe, it, afterAll } = vitest as Vitest;

/** Defines a vitest test for every step of transcripts. */
export const transcripts = transcriptsFor({
  describe,
  it: (name, test, timeout) => it(name, context => test(why => context.skip(why)), timeout),
  skipped: name => it.skip(name, () => {}),
  afterAll,
});
