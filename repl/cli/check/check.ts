import { readTranscripts } from '../../transcript/parse/files.ts';
import { exitCodeOf } from '../../transcript/report/file-result.ts';
import { reportPlan } from '../../transcript/report/plan.ts';
import { reporters } from '../../transcript/report/reporters.ts';
import { withoutSecrets } from '../../transcript/report/without-secrets.ts';
import type { DatabaseName, Transcript } from '../../transcript/transcript.ts';
import { type CheckOptions, CheckRun } from './check-run.ts';
import { FreshDatabases } from './fresh-databases.ts';
import { PlayerProcess } from './player-process.ts';

/**
 * Runs transcripts.
 *
 * @param print receives whole lines of the report
 * @returns the exit code: 0, 1 if a step failed, 2 if something could not run, 130 after Ctrl-C
 */
export async function check(options: CheckOptions, print: (text: string) => void): Promise<number> {
  if (options.update && isCi(process.env)) {
    process.stderr.write(
      '--update does not run under CI: run it where you can review the changes, and commit them.\n',
    );
    return 2;
  }
  const start = performance.now();
  const databases = new FreshDatabases(options.urls);
  const transcripts = await readTranscripts(options.patterns);
  const player = new PlayerProcess(options.projectArguments);
  const unnamed = await databasesOf(transcripts, databases.names, options.inProject, player);
  const files = transcripts.map(transcript => ({
    transcript,
    databases: databases.names.length > 0 ? databases.names : (transcript.databases ?? unnamed),
  }));
  if (options.list) {
    player.close();
    print(reportPlan(files, options.fileTimeoutMs));
    return 0;
  }
  const reporter = withoutSecrets(await reporters[options.reporter]());
  const run = new CheckRun(options, reporter, databases, print, player);
  const stopped = untilStopped();
  try {
    const results = await Promise.race([run.all(files), stopped]);
    if (typeof results === 'number') return results;
    const report = reporter.runEnded?.(results, performance.now() - start);
    if (report !== undefined) print(report);
    return exitCodeOf(results);
  } finally {
    run.close();
    await databases.close();
  }
}

/**
 * Where a file runs if neither it nor the command line names a database: on the kind that the project has. The demo, and a
 * project that does not open, have SQLite.
 */
async function databasesOf(
  transcripts: readonly Transcript[],
  named: readonly DatabaseName[],
  inProject: boolean,
  player: PlayerProcess,
): Promise<readonly DatabaseName[]> {
  const isAsked = inProject && named.length === 0 && transcripts.some(({ databases }) => !databases);
  return [(isAsked ? await player.ownDatabase() : undefined) ?? 'sqlite'];
}

/**
 * Waits for a signal, or for the reader of the output to go away. A second signal does not skip the cleaning up.
 *
 * @returns the exit code
 */
function untilStopped(): Promise<number> {
  return new Promise(stop => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(130));
    process.stdout.on('error', () => stop(2));
  });
}

/** Every CI sets this variable. */
function isCi({ CI: value = '' }: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', 'false'].includes(value);
}
