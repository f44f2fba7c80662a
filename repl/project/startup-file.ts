import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, sep } from 'node:path';
import { ProjectError } from './project-error.ts';
import { explain } from './explain.ts';
import type { Project } from './find-project.ts';
import { importFile } from './open-project.ts';
import { readSettings, type Settings } from './settings.ts';

/** What a project's `.mikroscoperc` exports. */
export interface StartupFile {
  /** The file's name. */
  readonly name: string;
  /** Names for the prompt. */
  readonly names: Readonly<Record<string, unknown>>;
  /** What it exports as `commands`, not looked at yet. */
  readonly commands: unknown;
  /** Lines to run at start. */
  readonly start: readonly string[];
  readonly settings: Settings;
}

const endings = ['ts', 'mts', 'js', 'mjs', 'cjs'];

/**
 * Loads the `.mikroscoperc` of the project that is open; for the demo, of the current directory if it has a
 * package.json. No other directory's is loaded: anyone may have left a file in one that is shared.
 *
 * @param context what the file's default export is called with
 * @returns undefined where there is none
 * @throws ProjectError why it does not load, with the places in the file
 */
export async function loadStartupFile(
  project: Project | undefined,
  context: Readonly<Record<string, unknown>>,
): Promise<StartupFile | undefined> {
  const folder = project?.folder ?? process.cwd();
  if (!project && !existsSync(join(folder, 'package.json'))) return undefined;
  const name = endings.map(ending => `.mikroscoperc.${ending}`).find(each => existsSync(join(folder, each)));
  if (name === undefined || folder.split(sep).includes('node_modules')) return undefined;
  const file = join(folder, name);
  try {
    const { made, named } = exportsOf(await load(file, project));
    const more: unknown = typeof made === 'function' ? await (made as Factory)(context) : made;
    const { start, commands, settings, ...names }: Names = {
      ...named,
      ...(typeof more === 'object' ? more : {}),
    };
    return {
      name,
      names,
      commands,
      start: linesOf(start, name),
      settings: readSettings(settings, name),
    };
  } catch (error) {
    throw errorIn(name, explain(error, { folder, config: file }));
  }
}

type Names = Record<string, unknown>;
type Factory = (context: Readonly<Names>) => unknown;

let runsTypeScript = false;

/** TypeScript runs as the project's own does; in a JavaScript project, that has to be set up first. */
async function load(file: string, project: Project | undefined): Promise<unknown> {
  if (!isTypeScript(file)) return importFile(file);
  const { isCommonJs, runTypeScript } = await import('./typescript/hooks.ts');
  if (!runsTypeScript && !(project && isTypeScript(project.config))) runTypeScript();
  runsTypeScript = true;
  return isCommonJs(file) ? createRequire(file)(file) : importFile(file);
}

function isTypeScript(file: string): boolean {
  return /^\.[cm]?ts$/.test(extname(file));
}

/** What a module exports by name and by default, CommonJS included. */
function exportsOf(module: unknown): { made: unknown; named: Names } {
  if (typeof module === 'function') return { made: module, named: {} };
  const { default: made, ...named } = module as Names;
  if ((made as Names | undefined)?.['__esModule'] === true) return exportsOf(made);
  delete named['__esModule'];
  delete named['module.exports'];
  return { made, named };
}

/** An error of the session does not name the file that asked for too much. */
function errorIn(name: string, error: unknown): unknown {
  if (error instanceof ProjectError) return error;
  const { message, hint } = error as Error & { hint: string };
  return new ProjectError(`${name} does not load: ${message}`, hint, { cause: error });
}

function linesOf(start: unknown, file: string): string[] {
  const lines = [start ?? []].flat();
  if (lines.every(line => typeof line === 'string')) return lines;
  throw new ProjectError(
    `${file}: start must be a string, or an array of strings`,
    "Write: export const start = ['…'];",
  );
}
