import type { Session } from '../../../src/index.ts';
import { readTranscripts } from '../../transcript/files.ts';
import { play } from '../../transcript/run/play.ts';
import { reportStep } from '../../transcript/report/pretty.ts';
import { placeOf, stepsOf } from '../../transcript/report/result.ts';
import { FreshDatabases } from './fresh-databases.ts';
import { interact } from '../../terminal/prompt.ts';
import { openTranscriptShell } from './transcript-shell.ts';
import { Watchdog } from '../../terminal/watchdog.ts';

/** Where to open a shell. */
export interface ShellAtOptions {
  /** `FILE:LINE` */
  readonly place: string;
  /** The database to use, in place of the first that the file names. */
  readonly urls: readonly string[];
  readonly color: boolean;
}

/**
 * Opens the shell in the state before a step of a transcript: the steps before it have run on a fresh database, and the
 * clock stands where the file says.
 *
 * @param open opens a session on a URL
 * @throws Error in a sentence when there is no such step, or the database cannot be had
 * @returns the exit code, when the person leaves
 */
export async function shellAt(
  { place, urls, color }: ShellAtOptions,
  open: (url: string) => Promise<Session>,
): Promise<number> {
  const [, path = '', number] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (number === undefined) throw new Error(`'${place}' is no place; write --shell-at FILE:LINE.`);
  const [transcript] = await readTranscripts([path]);
  const [problem] = transcript?.problems ?? [];
  if (!transcript || problem) throw new Error(`${path}:${problem?.line ?? 1}: ${problem?.message ?? ''}`);
  const steps = stepsOf(transcript);
  const next = steps.find(({ step }) => step.lastLine >= Number(number));
  if (!next) throw new Error(`${path} has no step at line ${number} or after it.`);
  const databases = new FreshDatabases(urls);
  const database = databases.names[0] ?? transcript.databases?.[0] ?? 'sqlite';
  try {
    const { url } = await databases.create(database);
    const watchdog = new Watchdog();
    const stage = await openTranscriptShell(transcript, database, () => open(url), watchdog.stop);
    try {
      const lines: string[] = [];
      let bindings: Readonly<Record<string, string>> = {};
      for await (const outcome of play(transcript, stage, { before: next.step.line })) {
        ({ bindings } = outcome);
        const at = steps.find(({ step }) => step.line === outcome.line);
        if (at && outcome.status === 'failed')
          lines.push(reportStep(path, at.step, at.block, outcome, { color }));
      }
      stage.release();
      const names = Object.entries(bindings).map(([name, value]) => `<${name}> is ${value}`);
      const greeting = [
        ...lines,
        `Before ${placeOf(path, next.step, next.block, database)}, on a fresh database.${names.length > 0 ? ` ${names.join(', ')}.` : ''} Next:`,
        ...next.step.typed.split('\n').map(line => `  ${line}`),
      ].join('\n');
      return await interact(stage.shell, watchdog, { color, greeting, prompt: '> ' });
    } finally {
      await stage.close();
    }
  } finally {
    await databases.close();
  }
}
