import { defineTranscripts, type TestApi } from './define.ts';
import type { Transcripts } from './transcripts.ts';

// Not by its name in the code: it is there only where the project has it.
const runner = 'vitest';
const api = (await import(runner)) as TestApi;

/** Makes a vitest test of every step of transcripts. */
export const transcripts: Transcripts = (patterns, options) => defineTranscripts(api, patterns, options);
