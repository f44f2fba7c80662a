import { type TestApi, transcriptsFor } from './transcripts.ts';

// Not a literal in the import: vitest is only installed in projects that use it.
const runner = 'vitest';

/** Defines a vitest test for every step of transcripts. */
export const transcripts = transcriptsFor((await import(runner)) as TestApi);
