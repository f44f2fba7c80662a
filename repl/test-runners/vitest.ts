import { type TestApi, transcriptsFor } from './transcripts.ts';

// Not by its name in the code: it is there only where the project has it.
const runner = 'vitest';

/** Makes a vitest test of every step of transcripts. */
export const transcripts = transcriptsFor((await import(runner)) as TestApi);
