import type { Project } from '../project/find.ts';
import type { Output } from '../render/print.ts';
import { openShell, type OpenShell } from './open-shell.ts';
import type { Options } from './options.ts';
import { noStartup, type Startup } from './project-names.ts';
import type { Recorder } from './recorder.ts';
import { runLines, runScript } from './script.ts';

/** How a session is worked in: by a person at a prompt, or by a script. */
export interface FrontEnd {
  /** Shared memory through which another thread stops code that never waits. */
  readonly stop?: Int32Array;
  /** Says what has opened. */
  readonly greet: (opened: OpenShell, startup: Startup, output: Output) => void;
  /** @returns the exit code, when the person leaves or the script ends */
  readonly run: (opened: OpenShell, output: Output) => Promise<number>;
}

/**
 * Opens a session, works in it, and closes it.
 *
 * @returns the exit code
 * @throws what keeps the session from opening, or its recording from being saved
 */
export async function runSession(
  options: Options,
  project: Project | undefined,
  frontEnd: FrontEnd,
  recorder: Recorder,
  output: Output,
): Promise<number> {
  const opened = await openShell(options, project, {
    color: output.answers.style.color,
    stop: frontEnd.stop,
    commands: shell => [recorder.command(shell)],
  });
  const { shell, projectNames } = opened;
  try {
    if (options.task.kind === 'record') output.answers.write(recorder.begin(options.task.path, shell));
    const startup = (await projectNames?.take(shell)) ?? noStartup;
    frontEnd.greet(opened, startup, output);
    const leaves = await runLines(shell, startup.start, output);
    const code = leaves ? await runScript(shell, [], output) : await frontEnd.run(opened, output);
    const saved = await recorder.finish(shell);
    if (saved !== undefined) output.answers.write(saved);
    return code;
  } finally {
    await shell.session.close();
  }
}
