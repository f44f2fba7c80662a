import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { ProjectError } from './project-error.ts';
import type { Project } from './find.ts';

/** A file of a project, and where it starts. */
type Files = Pick<Project, 'config' | 'folder'>;

/**
 * Why a project does not load, in the words of the error that it threw, with the places in its own files.
 *
 * @param error what its configuration or its entities threw, or a complaint already
 */
export function explain(error: unknown, project: Files): unknown {
  if (error instanceof ProjectError || isComplaint(error)) return error;
  const config = relative(project.folder, project.config);
  if (!(error instanceof Error))
    return new ProjectError(
      `${config} threw ${typeof error === 'string' ? `'${error}'` : 'what is no Error'}`,
      'Mend it, and start again.',
      { cause: error },
    );
  const missing = missingModule(error, project);
  if (missing !== undefined) return missing;
  const frames = ownFrames(error, project);
  // MikroORM's own complaints name the entity or the option.
  const isOrms = frames.length === 0 && ['Error', 'MetadataError', 'ValidationError'].includes(error.name);
  return new ProjectError(
    isOrms ? withoutDot(sentence(error)) : `${config} does not load: ${withoutDot(sentence(error))}`,
    unsetVariables(project) ?? (isOrms ? 'Mend the entity or the configuration, and start again.' : ''),
    { cause: error, frames },
  );
}

/** A configuration that reads variables which only the project's own scripts set cannot know them. */
function unsetVariables({ folder, config }: Files): string | undefined {
  const file = join(folder, '.env');
  if (!existsSync(file) || !readFileSync(config, 'utf8').includes('process.env')) return undefined;
  const unset = Object.keys(parseEnv(readFileSync(file, 'utf8'))).filter(name => !(name in process.env));
  return unset.length === 0
    ? undefined
    : `${unset.slice(0, 3).join(', ')} of .env ${unset.length === 1 ? 'is' : 'are'} not set: node --env-file=.env node_modules/.bin/mikroscope`;
}

/** What mikroscope itself has to say, about a database for instance, says what to do. */
function isComplaint(error: unknown): boolean {
  return typeof (error as { hint?: unknown } | null)?.hint === 'string' && 'code' in (error as object);
}

function missingModule(error: Error, project: Files): ProjectError | undefined {
  const found = /^Cannot find (package|module) '([^']+)'(?: imported from (\S+))?/.exec(error.message);
  if (!found) return undefined;
  const [, kind, name = '', from] = found;
  const who = from === undefined ? [...ownFiles(error, project)][0] : inside(from.replace(/'$/, ''), project);
  const isPackage = kind === 'package' || !/^[./]|^[A-Z]:/.test(name);
  const what = isPackage
    ? `The package ${name} is not installed`
    : `There is no ${inside(name, project) ?? name}`;
  return new ProjectError(
    `${what}${who === undefined ? '' : `; ${who} imports it`}`,
    isPackage ? `Install it: npm i ${name}` : '',
    { cause: error },
  );
}

function sentence(error: Error): string {
  // ts-node puts what is wrong on the lines after the first; the first of it is enough.
  const [, compiling] = /Unable to compile TypeScript:\s*(.*)/.exec(error.message) ?? [];
  const message = (compiling ?? error.message).replaceAll(/\((\d+),(\d+)\): error TS\d+:/g, ':$1:$2:').trim();
  return ['Error', 'MetadataError', 'ValidationError', 'TSError'].includes(error.name)
    ? message
    : `${error.name}: ${message}`;
}

function withoutDot(text: string): string {
  return text.replace(/\.$/, '');
}

/** The lines of a stack that are in the project's own files, shortened to be relative to it. */
function ownFrames(error: Error, project: Files): string[] {
  return [...ownFiles(error, project)].map(place => `    at ${place}`);
}

function* ownFiles({ stack = '', message }: Error, project: Files): Generator<string> {
  const seen = new Set<string>();
  for (const line of stack.replace(message, '').split('\n')) {
    const found = /^(?:\s+at (?:(.*) \()?)?(file:\/\/[^\s)]+|\/[^\s)]+)\)?$/.exec(line);
    const place = found?.[2] === undefined ? undefined : inside(found[2], project);
    if (place === undefined || seen.has(place)) continue;
    seen.add(place);
    yield place;
  }
}

/** A path as it is written from the project's folder; undefined for what is not the project's own. */
function inside(path: string, { folder }: Files): string | undefined {
  const [, file = path, position = ''] = /^(.*?)((?::\d+)*)$/.exec(path) ?? [];
  const near = relative(folder, file.startsWith('file:') ? fileURLToPath(file) : file);
  const foreign = isAbsolute(near) || near.split(sep).includes('node_modules') || near.startsWith('..');
  return foreign ? undefined : near + position;
}
