import type { Transcripts } from './transcripts.ts';

/** Makes a jest test of every step of transcripts. */
export declare const transcripts: Transcripts;
