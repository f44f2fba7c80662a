import { MikroscopeError, type Session } from '../../../src/index.ts';
import type { Channel } from '../../render/print.ts';
import type { Style } from '../../render/render.ts';
import { interact } from '../../terminal/prompt.ts';
import { Watchdog } from '../../terminal/watchdog.ts';
import { readTranscripts } from '../../transcript/parse/files.ts';
import { locationOf } from '../../transcript/report/file-result.ts';
import { reportStep } from '../../transcript/report/report-step.ts';
import { play } from '../../transcript/run/play.ts';
import {
  type Block,
  type DatabaseName,
  type Step,
  stepsOf,
  type Transcript,
} from '../../transcript/transcript.ts';
import { FreshDatabases } from './fresh-databases.ts';
import { type OpenTranscriptShell, openTranscriptShell } from './open-transcript-shell.ts';

/** Where to open a shell. */
export interface ShellAtOptions {
  /** `FILE:LINE` */
  readonly location: string;
  /** The database to use instead of the first that the file names. */
  readonly urls: readonly string[];
  readonly screen: Channel;
}

/**
 * Opens the shell in the state before a step of a transcript: the steps before it have run on a fresh database, and the
 * clock is frozen as the file says.
 *
 * @param open opens a session on a URL
 * @param ownDatabase finds the kind of database that the project has
 * @returns the exit code, when the user leaves
 * @throws MikroscopeError `BadArgument`, `NotFound` if there is no such step, or no such database
 */
export async function shellAt(
  { location, urls, screen }: ShellAtOptions,
  open: (url: string) => Promise<Session>,
  ownDatabase: () => Promise<DatabaseName>,
): Promise<number> {
  const { transcript, next } = await findStep(location);
  const databases = new FreshDatabases(urls);
  const database = databases.names[0] ?? transcript.databases?.[0] ?? (await ownDatabase());
  try {
    const { url } = await databases.create(database);
    const watchdog = new Watchdog();
    const transcriptShell = await openTranscriptShell(transcript, database, () => open(url), watchdog.stop);
    try {
      const greeting = await playUntil(next, transcript, transcriptShell, screen.style);
      transcriptShell.release();
      screen.write(greeting);
      return await interact(transcriptShell.shell, watchdog, { screen, prompt: '> ' });
    } finally {
      await transcriptShell.close();
    }
  } finally {
    await databases.close();
  }
}

interface Located {
  readonly step: Step;
  readonly block: Block;
}

async function findStep(location: string): Promise<{ transcript: Transcript; next: Located }> {
  const [, path = '', line] = /^(.+):(\d+)$/.exec(location) ?? [];
  if (line === undefined)
    throw new MikroscopeError(
      'BadArgument',
      `'${location}' names no line of a file`,
      'Write --shell-at FILE:LINE.',
    );
  const [transcript] = await readTranscripts([path]);
  const [problem] = transcript?.problems ?? [];
  if (!transcript || problem)
    throw new MikroscopeError('BadArgument', `${path}:${problem?.line ?? 1}: ${problem?.message ?? ''}`);
  const next = stepsOf(transcript).find(({ step }) => step.lastLine >= Number(line));
  if (!next) throw new MikroscopeError('NotFound', `${path} has no step at line ${line} or after it`);
  return { transcript, next };
}

/** @returns what to show above the prompt: the steps that failed, and the one that comes next */
async function playUntil(
  { step: next, block }: Located,
  transcript: Transcript,
  transcriptShell: OpenTranscriptShell,
  style: Style,
): Promise<string> {
  const { path } = transcript;
  const steps = stepsOf(transcript);
  const failures: string[] = [];
  let bindings: Readonly<Record<string, string>> = {};
  for await (const outcome of play(transcript, transcriptShell, {
    before: next.line,
    debug: style.debug === true,
  })) {
    ({ bindings } = outcome);
    const played = steps.find(({ step }) => step.line === outcome.line);
    if (played && outcome.status === 'failed')
      failures.push(reportStep(path, played.step, played.block, outcome, style));
  }
  const names = Object.entries(bindings).map(([name, value]) => `<${name}> is ${value}`);
  const location = locationOf(path, next, block, transcriptShell.database);
  return [
    ...failures,
    `Before ${location}, on a fresh database.${names.length > 0 ? ` ${names.join(', ')}.` : ''} Next:`,
    ...next.typed.split('\n').map(line => `  ${line}`),
  ].join('\n');
}
