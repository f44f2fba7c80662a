import type { Transcripts } from './transcripts.ts' with { 'resolution-mode': 'import' };

const { defineTranscripts } = require(__filename.endsWith('.cts') ? './define.cts' : './define.cjs') as {
  defineTranscripts: (api: unknown, ...args: Parameters<Transcripts>) => void;
};

/** Defines a jest test for every step of transcripts. */
export declare const transcripts: Transcripts;

exports.transcripts = (...args: Parameters<Transcripts>) => {
  const api: unknown = 'describe' in globalThis ? globalThis : require('@jest/globals');
  defineTranscripts(api, ...args);
};
