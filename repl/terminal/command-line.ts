import { readFile } from 'node:fs/promises';
import { type OpenOptions, openSession, type Session } from '../../src/index.ts';
import { explain } from '../project/explain.ts';
import type { Project } from '../project/find.ts';
import { openProject } from '../project/open.ts';
import { render, type Style } from '../render/render.ts';
import { Shell } from '../shell.ts';
import { maskedConsole } from './masked-console.ts';
import { load, requireHere } from './modules.ts';
import { type CheckTask, readOptions, usage, type Options } from './options.ts';
import { runScript } from './script.ts';
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
  const script = task.kind === 'interactive' && process.stdin.isTTY ? undefined : await scriptFor(task);
  if (script instanceof Error) return complain(script.message);
  if (project instanceof Error) return complain(project.message);
  if (task.kind === 'player') {
    const { runPlayer } = await import('./player.ts');
    return runPlayer(async db => openSession(await target({ ...options, db, url: db }, project)));
  }
  return withSession(options, project, async session => {
    const style = {
      width: process.stdout.columns || 80,
      color: options.color ?? process.stdout.isTTY ?? false,
    };
    const parts = {
      session,
      console: maskedConsole(style.color),
      provided: { require: requireHere() },
      load,
    };
    if (script) {
      const output = { print: say, complain: (text: string) => void complain(text) };
      return Promise.race([runScript(new Shell(parts), script, style, output), strayError()]);
    }
    const { interact } = await import('./interactive.ts');
    return interact(stop => new Shell({ ...parts, stop }), style, project?.name);
  });
}

async function runCheck(
  task: CheckTask,
  { config, context, color }: Options,
  project: Project | Error | undefined,
): Promise<number> {
  if (project instanceof Error) {
    complain(project.message);
    return 2;
  }
  const { check } = await import('./check.ts');
  const projectArguments = [
    ...(config === undefined ? [] : ['--config', config]),
    ...(context === undefined ? [] : ['--context', context]),
  ];
  return check({ ...task, color: color ?? process.stdout.isTTY ?? false, projectArguments }, say);
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
