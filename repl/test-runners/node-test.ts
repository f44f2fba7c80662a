import { after, describe, it } from 'node:test';
import { transcriptsFor } from './transcripts.ts';

/** Defines a `node:test` test for every step of transcripts. */
export const transcripts = transcriptsFor({
  describe: (name, define) => void describe(name, define),
  it: Object.assign((name: string, test: () => Promise<void>) => void it(name, test), {
    skip: (name: string, test: () => Promise<void>) => void it.skip(name, test),
  }),
  afterAll: end => after(end),
});
