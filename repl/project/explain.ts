import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { ProjectError } from './project-error.ts';
import type { Project } from './find-project.ts';

/** A file of a project, and the project's folder. */
type ProjectFile = Pick<Project, 'config' | 'folder'>;

/**
 * Explains why a project does not load: the message of the error that it threw, and where in its own files.
 *
 * @param error what its configuration or its entities threw; an error of this program is returned as it is
 */
export function explain(error: unknown, project: ProjectFile): unknown {
  if (error instanceof ProjectError || isOwnError(error)) return error;
  const config = relative(project.folder, project.config);
  if (!(error instanceof Error))
    return new ProjectError(
      `${config} threw ${typeof error === 'string' ? `'${error}'` : 'a value that is not an Error'}`,
      again => `Fix it and ${again}.`,
      { cause: error },
    );
  const missing = missingModule(error, project);
  if (missing !== undefined) return missing;
  const frames = ownFrames(error, project);
  // MikroORM's own errors name the entity or the option.
  const isOrmError =
    frames.length === 0 && ['Error', 'MetadataError', 'ValidationError'].includes(error.name);
  return new ProjectError(
    isOrmError ? withoutDot(sentenceOf(error)) : `${config} does not load: ${withoutDot(sentenceOf(error))}`,
    unsetVariables(project) ??
      (isOrmError ? again => `Fix the entity or the configuration and ${again}.` : ''),
    { cause: error, frames },
  );
}

/** The hint for a configuration that reads variables of .env, which only the project's own scripts load. */
function unsetVariables({ folder, config }: ProjectFile): string | undefined {
  const file = join(folder, '.env');
  if (!existsSync(file) || !readFileSync(config, 'utf8').includes('process.env')) return undefined;
  const unset = Object.keys(parseEnv(readFileSync(file, 'utf8'))).filter(name => !(name in process.env));
  return unset.length === 0
    ? undefined
    : `${unset.slice(0, 3).join(', ')} ${unset.length === 1 ? 'is' : 'are'} in .env but not set. Run: node --env-file=.env node_modules/.bin/mikroscope`;
}

/** An error of this program, about a database for instance, already says what to do. */
function isOwnError(error: unknown): boolean {
  return typeof (error as { hint?: unknown } | null)?.hint === 'string' && 'code' in (error as object);
}

function missingModule(error: Error, project: ProjectFile): ProjectError | undefined {
  const found = /^Cannot find (package|module) '([^']+)'(?: imported from (\S+))?/.exec(error.message);
  if (!found) return undefined;
  const [, kind, name = '', from] = found;
  const importer =
    from === undefined ? [...ownFiles(error, project)][0] : inside(from.replace(/'$/, ''), project);
  const isPackage = kind === 'package' || !/^[./]|^[A-Z]:/.test(name);
  const problem = isPackage
    ? `The package ${name} is not installed`
    : `${inside(name, project) ?? name} does not exist`;
  return new ProjectError(
    `${problem}${importer === undefined ? '' : `; ${importer} imports it`}`,
    isPackage ? `Install it: npm i ${name}` : '',
    { cause: error },
  );
}

function sentenceOf(error: Error): string {
  // ts-node lists what is wrong from the second line on; the first item is enough.
  const [, compiling] = /Unable to compile TypeScript:\s*(.*)/.exec(error.message) ?? [];
  const message = (compiling ?? error.message).replaceAll(/\((\d+),(\d+)\): error TS\d+:/g, ':$1:$2:').trim();
  return ['Error', 'MetadataError', 'ValidationError', 'TSError'].includes(error.name)
    ? message
    : `${error.name}: ${message}`;
}

function withoutDot(text: string): string {
  return text.replace(/\.$/, '');
}

/** The frames of a stack that are in the project's own files, as relative paths. */
function ownFrames(error: Error, project: ProjectFile): string[] {
  return [...ownFiles(error, project)].map(location => `    at ${location}`);
}

function* ownFiles({ stack = '', message }: Error, project: ProjectFile): Generator<string> {
  const seen = new Set<string>();
  for (const line of stack.replace(message, '').split('\n')) {
    const found = /^(?:\s+at (?:(.*) \()?)?(file:\/\/[^\s)]+|\/[^\s)]+)\)?$/.exec(line);
    const location = found?.[2] === undefined ? undefined : inside(found[2], project);
    if (location === undefined || seen.has(location)) continue;
    seen.add(location);
    yield location;
  }
}

/** A path relative to the project's folder; undefined if it is not one of the project's own files. */
function inside(path: string, { folder }: ProjectFile): string | undefined {
  const [, file = path, position = ''] = /^(.*?)((?::\d+)*)$/.exec(path) ?? [];
  const local = relative(folder, file.startsWith('file:') ? fileURLToPath(file) : file);
  const isForeign = isAbsolute(local) || local.split(sep).includes('node_modules') || local.startsWith('..');
  return isForeign ? undefined : local + position;
}
