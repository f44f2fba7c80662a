import { createRequire } from 'node:module';
import { ownFile } from '../own-package.ts';

/** Makes the test that is running a skipped one. */
export type Skip = (why: string) => void;

/** What is needed of a test runner. */
export interface TestApi {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (name: string, test: (skip: Skip) => Promise<void>, timeout?: number) => unknown;
  /** A test that does not run. */
  readonly skipped: (name: string) => unknown;
  readonly afterAll: (end: () => Promise<void>) => unknown;
}

/** Options for transcripts that run as tests. */
export interface TranscriptOptions {
  /** URLs as for `mikroscope check --db`, instead of the databases that the files name. */
  readonly databases?: readonly string[];
  /** The path of the project's `mikro-orm.config`, if MikroORM would not find it. */
  readonly config?: string;
  /** MikroORM's contextName. */
  readonly context?: string;
  /** How long a step may take, in seconds. Defaults to 30. */
  readonly timeout?: number;
  /** How long a file may take on a database, in seconds. Defaults to 600. */
  readonly fileTimeout?: number;
}

/**
 * Defines a test for every step of transcripts, named after its line.
 *
 * @example
 * import { transcripts } from 'mikroscope/jest'; // or mikroscope/vitest, mikroscope/node-test
 * transcripts('docs/**\/*.md');
 *
 * @param patterns paths and globs, relative to the current directory
 * @throws Error if mikroscope cannot be started
 */
export type Transcripts = (patterns: string | readonly string[], options?: TranscriptOptions) => void;

/** @returns `transcripts` for a test runner */
export function transcriptsFor(api: TestApi): Transcripts {
  const { defineTranscripts } = createRequire(import.meta.url)(ownFile('repl/test-runners/define.cts')) as {
    defineTranscripts: (api: TestApi, ...args: Parameters<Transcripts>) => void;
  };
  return (patterns, options) => defineTranscripts(api, patterns, options);
}
