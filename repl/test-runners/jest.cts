import type { Skip, TestApi, Transcripts } from './transcripts.ts' with { 'resolution-mode': 'import' };

const { defineTranscripts } = require(__filename.endsWith('.cts') ? './define.cts' : './define.cjs') as {
  defineTranscripts: (api: TestApi, ...args: Parameters<Transcripts>) => void;
};

/** The part of jest that is used. */
interface Jest extends Pick<TestApi, 'describe' | 'afterAll'> {
  readonly it: ((name: string, test: () => Promise<void>, timeout?: number) => unknown) & {
    readonly skip: (name: string, test: () => void) => unknown;
  };
}

/** Defines a jest test for every step of transcripts. */
export declare const transcripts: Transcripts;

exports.transcripts = (...args: Parameters<Transcripts>) => {
  const { describe, it, afterAll } = (
    'describe' in globalThis ? globalThis : require('@jest/globals')
  ) as Jest;
  const api: TestApi = {
    describe,
    it: (name, test, timeout) => it(name, () => test(skip), timeout),
    skipped: name => it.skip(name, () => {}),
    afterAll,
  };
  defineTranscripts(api, ...args);
};

/**
 * jest cannot skip a test that is running, so its note of the test is made to say so. Where it has none, the test fails.
 *
 * @see https://github.com/jestjs/jest/issues/7245
 */
const skip: Skip = why => {
  const state = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description === 'JEST_STATE_SYMBOL',
  );
  const { currentlyRunningTest: test } = (state && Reflect.get(globalThis, state)) as {
    currentlyRunningTest?: object;
  };
  if (test === undefined) throw new Error(why);
  Object.defineProperty(test, 'status', { get: () => 'skip', set: () => {}, enumerable: true });
};
