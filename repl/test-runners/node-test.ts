import { after, describe, it } from 'node:test';
import { transcriptsFor } from './transcripts.ts';

/** Defines a `node:test` test for every step of transcripts. */
export const transcripts = transcriptsFor({
  describe: (name, define) => void describe(name, define),
  it: (name, test) => void it(name, context => test(why => context.skip(why))),
  skipped: name => void it.skip(name),
  afterAll: end => after(end),
});
