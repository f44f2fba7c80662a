import type { Command } from '../commands/command.ts';
import { Guard } from '../guard.ts';
import type { Project } from '../project/find-project.ts';
import type { PythonOfShell } from '../python/steps.ts';
import { Shell, type ShellOptions } from '../shell.ts';
import { load, requireHere } from './import-from-cwd.ts';
import { maskedConsole } from './masked-console.ts';
import { openTarget } from './open-target.ts';
import type { Options } from './options.ts';
import { ProjectNames } from './project-names.ts';
import { lazyPython, pythonCommand } from './python-command.ts';
import { reopenProject } from './reopen-project.ts';

/** A shell on an open session, and what goes with it. */
export interface OpenShell {
  readonly shell: Shell;
  readonly guard: Guard;
  /** The project that is open; undefined for the demo blog. */
  readonly project: Project | undefined;
  /** The names of the project's startup file; undefined if it is not to be loaded. */
  readonly projectNames: ProjectNames | undefined;
  /** The Python that the shell has been given. */
  readonly python: () => Promise<PythonOfShell>;
}

/** What a front end wants of the shell. */
export interface ShellNeeds {
  readonly color: boolean;
  /** How another thread stops code that never waits. */
  readonly stop: ShellOptions['stop'];
  /** More commands, given a function that returns the shell once it is open. */
  readonly commands: (shell: () => Shell) => readonly Command[];
}

/** @throws MikroscopeError or ProjectError if the session cannot be opened */
export async function openShell(
  options: Options,
  project: Project | undefined,
  { color, stop, commands }: ShellNeeds,
): Promise<OpenShell> {
  const guard = new Guard(options);
  const open = () => openTarget(options, project, { confirm: guard.confirm });
  const session = await open();
  guard.watch(session.database);
  // What is recorded must run without the names of the startup file.
  const projectNames =
    options.rc && options.task.kind !== 'record' ? new ProjectNames(project, options.debug) : undefined;
  const python = lazyPython(() => shell.session);
  const shell: Shell = new Shell({
    session,
    console: maskedConsole(color),
    provided: { require: requireHere() },
    load,
    commands: [...commands(() => shell), pythonCommand(python)],
    ...(stop && { stop }),
    ...(project && { reopening: reopenProject({ open, guard, projectNames, shell: () => shell }) }),
  });
  return { shell, guard, project, projectNames, python };
}
