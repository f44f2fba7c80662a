import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type OpenOptions, openSession, type Session } from '../../src/index.ts';
import { explain } from '../project/explain.ts';
import type { Project } from '../project/find.ts';
import { openProject } from '../project/open.ts';
import { render, type Style } from '../render/render.ts';
import type { Answer } from '../answer.ts';
import { Shell } from '../shell.ts';
import { maskedConsole } from './masked-console.ts';
import { load, requireHere } from './modules.ts';
import { type CheckTask, readOptions, usage, type Options } from './options.ts';
import { Recorder } from './recorder.ts';
import { runScript } from './script.ts';
import { sentenceOf } from './sentence.ts';
import { standardInput } from './standard-input.ts';
import type { Watchdog } from './watchdog.ts';

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
  if (task.kind === 'player') {
    const { runPlayer } = await import('./player.ts');
    return runPlayer(async db => openSession(await target({ ...options, db, url: db }, project)));
  }
  // Before the project makes its own folder the current one.
  const recorder = new Recorder(projectArguments(options), process.cwd());
  return withSession(options, project, async session => {
    const style = {
      width: process.stdout.columns || 80,
      color: options.color ?? process.stdout.isTTY ?? false,
    };
    const watchdog = script ? undefined : new (await import('./watchdog.ts')).Watchdog();
    const shell: Shell = new Shell({
      session,
      console: maskedConsole(style.color),
      provided: { require: requireHere() },
      load,
      ...(watchdog && { stop: watchdog.stop }),
      dotted: { record: argument => recorder.run(argument, shell) },
    });
    const tell = (answer: Answer) => {
      const shown = render(answer, style);
      if (shown !== undefined) (answer.kind === 'error' ? complain : say)(shown);
      return answer.kind === 'error' ? 1 : 0;
    };
    if (task.kind === 'record' && tell(recorder.begin(task.path, shell)) !== 0) return 1;
    const code = watchdog
      ? await prompt(shell, watchdog, style, project)
      : await Promise.race([runScript(shell, script ?? [], style, { print: say, complain }), strayError()]);
    const saved = await recorder.finish(shell);
    return saved ? Math.max(code, tell(saved)) : code;
  });
}

async function prompt(
  shell: Shell,
  watchdog: Watchdog,
  style: Style,
  project: Project | undefined,
): Promise<number> {
  const { greeting, interact } = await import('./interactive.ts');
  return interact(shell, watchdog, { ...style, greeting: greeting(shell, style.color, project?.name) });
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
  if (task.shellAt === undefined) {
    const { check } = await import('./check.ts');
    return check({ ...task, color, projectArguments: projectArguments(options) }, say);
  }
  const { shellAt } = await import('./shell-at.ts');
  const open = async (db: string) => openSession(await target({ ...options, db, url: db }, project));
  return shellAt({ place: task.shellAt, urls: task.urls, color }, open).catch((error: unknown) => {
    complain(sentenceOf(error));
    return 2;
  });
}

/** The arguments that say which project it is about, for another process of this program. */
function projectArguments({ config, context }: Options): string[] {
  return [
    ...(config === undefined ? [] : ['--config', resolve(config)]),
    ...(context === undefined ? [] : ['--context', context]),
  ];
}

async function withSession(
  options: Options,
  project: Project | undefined,
  use: (session: Session) => Promise<number>,
): Promise<number> {
  const style: Style = { width: 80, color: false };
  let session: Session;
  try {
    session = await openSession(await target(options, project));
  } catch (error) {
    const shown = project ? explain(error, project) : error;
    return complain((render({ kind: 'error', error: shown }, style) ?? '').replace(/^Uncaught \w+: /, ''));
  }
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** What to open: the project with its own database, or with the one that was asked for. */
async function target({ db, url }: Options, project: Project | undefined): Promise<OpenOptions> {
  const cwd = process.cwd();
  if (!project) return { url, cwd };
  return { config: await openProject(project), ...(db === undefined ? {} : { url: db, cwd }) };
}

/** An error of a timer, or of a promise that nobody waits for, ends a script as any other does. */
function strayError(): Promise<number> {
  return new Promise(end => {
    process.once('uncaughtException', error => {
      end(complain(render({ kind: 'error', error }, { width: 80, color: false }) ?? ''));
    });
  });
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
