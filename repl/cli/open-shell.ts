import type { Command } from '../commands/command.ts';
import { Guard } from '../guard.ts';
import type { Project } from '../project/find.ts';
import { Shell } from '../shell.ts';
import { load, requireHere } from './import-from-cwd.ts';
import { maskedConsole } from './masked-console.ts';
import { openTarget } from './open-session.ts';
import type { Options } from './options.ts';
import { ProjectNames } from './project-names.ts';
import { reopenProject } from './reopen-project.ts';

/** A shell on an open database, and what belongs to it. */
export interface OpenShell {
  readonly shell: Shell;
  readonly guard: Guard;
  /** The project that is open; the demo without it. */
  readonly project: Project | undefined;
  /** The names of the project's startup file; undefined where that is not loaded. */
  readonly projectNames: ProjectNames | undefined;
}

/** What a front end needs the shell to have. */
export interface ShellNeeds {
  readonly color: boolean;
  /** Shared memory through which another thread stops code that never waits. */
  readonly stop: Int32Array | undefined;
  /** More commands; they may ask for the shell once it is open. */
  readonly commands: (shell: () => Shell) => readonly Command[];
}

/** @throws what keeps the project from loading or the database from opening */
export async function openShell(
  options: Options,
  project: Project | undefined,
  { color, stop, commands }: ShellNeeds,
): Promise<OpenShell> {
  const guard = new Guard(options);
  const open = () => openTarget(options, project, { confirm: guard.confirm });
  const session = await open();
  guard.watch(session.database);
  // A recording has to run where the project's own names are not.
  const projectNames =
    options.rc && options.task.kind !== 'record' ? new ProjectNames(project, options.debug) : undefined;
  const shell: Shell = new Shell({
    session,
    console: maskedConsole(color),
    provided: { require: requireHere() },
    load,
    commands: commands(() => shell),
    ...(stop && { stop }),
    ...(project && { reopening: reopenProject({ open, guard, projectNames, shell: () => shell }) }),
  });
  return { shell, guard, project, projectNames };
}
