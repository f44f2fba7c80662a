import type { Command } from '../commands/command.ts';
import type { Project } from '../project/find-project.ts';
import type { Settings } from '../project/settings.ts';
import type { Shell, ShellOptions } from '../shell.ts';
import { openShell, type OpenShell } from './open-shell.ts';
import type { Options } from './options.ts';
import { noStartup, type Startup } from './project-names.ts';
import type { Recorder } from './recorder.ts';
import { runLines } from './run-script.ts';
import type { StandardOutput } from './standard-output.ts';

/** How a session gets its lines: from a prompt or from a script. */
export interface FrontEnd {
  /** How another thread stops code that never waits. */
  readonly stop?: NonNullable<ShellOptions['stop']>;
  /** More commands, given a function that returns the shell once it is open. */
  readonly commands?: (shell: () => Shell) => readonly Command[];
  /** Tells what has opened. */
  readonly greet: (opened: OpenShell, startup: Startup) => void;
  /** @returns the exit code, when the user leaves or the script ends */
  readonly run: (opened: OpenShell, settings: Settings) => Promise<number>;
}

/**
 * Opens a session, runs what the front end gives it, and closes it.
 *
 * @returns the exit code
 * @throws Error if the session cannot be opened, or its recording cannot be saved
 */
export async function runSession(
  options: Options,
  project: Project | undefined,
  frontEnd: FrontEnd,
  recorder: Recorder,
  output: StandardOutput,
): Promise<number> {
  const opened = await openShell(options, project, {
    color: output.answers.style.color,
    stop: frontEnd.stop,
    commands: shell => [...(frontEnd.commands?.(shell) ?? []), recorder.command(shell)],
  });
  const { shell, projectNames } = opened;
  try {
    if (options.task.kind === 'record') output.answers.write(recorder.begin(options.task.path, shell));
    const startup = (await projectNames?.take(shell)) ?? noStartup;
    const { start, settings } = startup;
    shell.showsSql ||= settings.sql ?? false;
    shell.checksTypes ||= settings.check ?? false;
    frontEnd.greet(opened, startup);
    const code = (await runLines(shell, start, output)) ?? (await frontEnd.run(opened, settings));
    const saved = await recorder.finish(shell);
    if (saved !== undefined) output.answers.write(saved);
    return code;
  } finally {
    await shell.session.close();
  }
}
