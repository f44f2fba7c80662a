import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Project } from '../project/find.ts';
import { openTarget } from './open-session.ts';
import { type CheckTask, readOptions, usage, type Options } from './options.ts';
import { Recorder } from './recorder.ts';
import { errorMessage } from './error-message.ts';
import { runSession } from './session-task.ts';
import { standardInput } from './standard-input.ts';

/**
 * The program.
 *
 * @param args the arguments after the program's name
 * @param project the project to open, or why there is none; the demo blog without it
 * @returns the exit code: 0, or 1 after an error
 */
export async function main(args: readonly string[], project?: Project | Error): Promise<number> {
  let options: Options;
  try {
    options = readOptions(args, process.env);
  } catch (error) {
    complain(`${(error as Error).message}\nmikroscope --help says what there is.`);
    return args.includes('check') ? 2 : 1;
  }
  const { task } = options;
  if (task.kind === 'help') return say(usage);
  if (task.kind === 'version') return say(await version());
  if (task.kind === 'check') return runCheck(task, options, project);
  const atTerminal = (task.kind === 'interactive' || task.kind === 'record') && process.stdin.isTTY;
  const script = atTerminal ? undefined : await scriptFor(task);
  if (script instanceof Error) return complain(script.message);
  if (project instanceof Error) return complain(project.message);
  try {
    if (task.kind === 'player') {
      const { runPlayer } = await import('./check/player.ts');
      return await runPlayer(db => openTarget({ db, url: db, readOnly: false }, project));
    }
    // Before the project makes its own folder the current one.
    const recorder = new Recorder(projectArguments(options), process.cwd());
    return await runSession(options, project, script, recorder, { print: say, complain });
  } catch (error) {
    return complain((error as Error).message);
  }
}

async function runCheck(
  task: CheckTask,
  options: Options,
  project: Project | Error | undefined,
): Promise<number> {
  if (project instanceof Error) {
    complain(project.message);
    return 2;
  }
  const color = options.color ?? process.stdout.isTTY ?? false;
  try {
    if (task.shellAt === undefined) {
      const { check } = await import('./check/check.ts');
      return await check({ ...task, color, projectArguments: projectArguments(options) }, say);
    }
    const { shellAt } = await import('./check/shell-at.ts');
    const openAt = (db: string) => openTarget({ db, url: db, readOnly: false }, project);
    return await shellAt({ location: task.shellAt, urls: task.urls, color }, openAt);
  } catch (error) {
    complain(errorMessage(error));
    return 2;
  }
}

/** The arguments that say which project it is about, for another process of this program. */
function projectArguments({ config, context }: Options): string[] {
  return [
    ...(config === undefined ? [] : ['--config', resolve(config)]),
    ...(context === undefined ? [] : ['--context', context]),
  ];
}

/** The lines to run, one chunk of text after another. */
async function scriptFor(task: Options['task']): Promise<AsyncIterable<string> | Iterable<string> | Error> {
  if (task.kind === 'code') return [task.code];
  if (task.kind !== 'file' || task.path === '-') return standardInput();
  try {
    return [await readFile(task.path, 'utf8')];
  } catch (error) {
    const reason =
      (error as { code?: string }).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    return new Error(`Cannot read ${task.path}: ${reason}.`);
  }
}

async function version(): Promise<string> {
  const near = await readFile(new URL('../../../package.json', import.meta.url), 'utf8').catch(() =>
    readFile(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return (JSON.parse(near) as { version: string }).version;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 1;
}
