import type { TranscriptOptions } from './define.ts';

export type { TranscriptOptions } from './define.ts';

/**
 * Makes a test of every step of transcripts, with its line.
 *
 * @example
 * import { transcripts } from 'mikroscope/jest';
 * transcripts('docs/**\/*.md');
 *
 * @param patterns paths and globs, from the current directory
 * @throws Error when mikroscope cannot be started
 */
export type Transcripts = (patterns: string | readonly string[], options?: TranscriptOptions) => void;

export declare const transcripts: Transcripts;
