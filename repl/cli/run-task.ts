import { resolve } from 'node:path';
import { maskPassword, version } from '../../src/index.ts';
import type { Project } from '../project/find-project.ts';
import { reloadModules } from '../reload/reload-modules.ts';
import { type Output, print } from '../render/print.ts';
import { ownDatabase } from './check/own-database.ts';
import { errorMessage } from './error-message.ts';
import { openTarget } from './open-target.ts';
import type { CheckTask, Options, PythonTask } from './options.ts';
import type { PythonFile } from './python-front-end.ts';
import { usage } from './usage.ts';
import { Recorder } from './recorder.ts';
import { runSession } from './run-session.ts';
import type { Script } from './run-script.ts';
import { scriptFrontEnd } from './script-front-end.ts';
import { readScriptFile, standardInput } from './script-text.ts';
import { type StandardOutput, standardOutput } from './standard-output.ts';

/**
 * Does what the command line asks for.
 *
 * @param project the project to open, or the error that keeps it from opening; undefined for the demo blog
 * @returns the exit code: 0, or 1 after an error; `check` has its own
 */
export async function runTask(options: Options, project: Project | Error | undefined): Promise<number> {
  const { task, debug } = options;
  const output = standardOutput(options);
  if (process.stderr.isTTY) warnOfPassword(options, output);
  try {
    switch (task.kind) {
      case 'help':
        print(usage, output);
        return 0;
      case 'version':
        output.answers.write(version);
        return 0;
      case 'check':
        return await reported(await runCheck(task, options, unwrap(project), output), output);
      case 'learn':
      case 'lesson': {
        const { runLesson } = await import('./lesson/run-lesson.ts');
        const subject = (isOwn: boolean) => {
          const target = isOwn ? undefined : unwrap(project);
          return { open: urlOpener(target), ownDatabase: () => ownDatabase(target) };
        };
        return await reported(await runLesson(task, subject, output.answers), output);
      }
      case 'player': {
        const target = unwrap(project);
        const { runPlayer } = await import('./check/player.ts');
        return await runPlayer(freshOpener(target), () => ownDatabase(target));
      }
      default:
        return await openAndRun(options, project, output);
    }
  } catch (error) {
    output.errors.write(errorMessage(error, debug));
    return task.kind === 'check' ? 2 : 1;
  }
}

/** Others on the machine can read a command line, and shells keep it. */
function warnOfPassword({ task, db }: Options, { errors }: Output): void {
  const urls = [db, ...(task.kind === 'check' ? task.urls : [])];
  if (urls.some(url => url !== undefined && maskPassword(url) !== url))
    errors.write(
      "The password in --db can be read by others on this machine, and stays in your shell's history: give the URL in DATABASE_URL.",
    );
}

async function openAndRun(
  options: Options,
  project: Project | Error | undefined,
  output: StandardOutput,
): Promise<number> {
  const { task } = options;
  const isAtTerminal = (task.kind === 'interactive' || task.kind === 'record') && process.stdin.isTTY;
  // A missing script is reported before a project that does not open.
  const script = isAtTerminal || task.kind === 'python' ? undefined : await readScript(task);
  const python = task.kind === 'python' ? await readPython(task) : undefined;
  if (python && task.kind === 'python' && task.as === 'entities') {
    const { entitiesOf } = await import('../python/entities/entities.ts');
    output.answers.write(entitiesOf(python.text));
    return 0;
  }
  const target = unwrap(project);
  // Opening the project changes the current folder; files are recorded where the program was started.
  const folder = process.cwd();
  const recorder = new Recorder(projectArguments(options), folder);
  const frontEnd = script
    ? scriptFrontEnd(script, output)
    : python
      ? (await import('./python-front-end.ts')).pythonFrontEnd(python, output)
      : (await import('./prompt-front-end.ts')).promptFrontEnd(output, folder);
  return runSession(options, target, frontEnd, recorder, output);
}

async function runCheck(
  task: CheckTask,
  options: Options,
  project: Project | undefined,
  { answers: screen }: Output,
): Promise<number> {
  if (task.shellAt !== undefined) {
    const { shellAt } = await import('./check/shell-at.ts');
    const named = { location: task.shellAt, urls: task.urls, screen };
    return shellAt(named, urlOpener(project), () => ownDatabase(project));
  }
  const { check } = await import('./check/check.ts');
  const { color } = screen.style;
  return check(
    {
      ...task,
      color,
      debug: options.debug,
      inProject: project !== undefined,
      projectArguments: projectArguments(options),
    },
    screen.write,
  );
}

/** The exit code of a run, or 2 if its report could not be written. A reader that has left wanted no more of it. */
async function reported(exitCode: number, { errors, flush }: StandardOutput): Promise<number> {
  const failure = await flush();
  if (!failure || failure.code === 'EPIPE') return exitCode;
  errors.write(`Standard output takes nothing more: ${failure.message}`);
  return 2;
}

/** @throws the error that keeps the project from opening */
function unwrap(project: Project | Error | undefined): Project | undefined {
  if (project instanceof Error) throw project;
  return project;
}

/** Opens sessions on any URL, with the entities of the project. */
function urlOpener(project: Project | undefined) {
  return (url: string) => openTarget({ db: url, url, readOnly: false }, project);
}

/** Opens the same, each time from modules of the project that nothing has used: what they keep is not seen by another transcript. */
function freshOpener(project: Project | undefined) {
  const open = urlOpener(project);
  let isUsed = false;
  return (url: string) => {
    if (project && isUsed) reloadModules();
    isUsed = true;
    return open(url);
  };
}

/** The arguments that select the project, for another process of this program. */
function projectArguments({ config, context }: Options): string[] {
  return [
    ...(config === undefined ? [] : ['--config', resolve(config)]),
    ...(context === undefined ? [] : ['--context', context]),
  ];
}

async function readPython({ path, as }: PythonTask): Promise<PythonFile> {
  if (path !== '-')
    return { name: path, text: await readScriptFile(path), asTranscript: as === 'typescript' };
  let text = '';
  for await (const piece of standardInput()) text += piece;
  return { name: 'stdin', text, asTranscript: as === 'typescript' };
}

async function readScript(task: Options['task']): Promise<Script> {
  if (task.kind === 'code') return { name: undefined, pieces: task.pieces };
  if (task.kind !== 'file' || task.path === '-') return { name: 'stdin', pieces: standardInput() };
  return { name: task.path, pieces: [await readScriptFile(task.path)] };
}
