import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { ProjectError } from './project-error.ts';
import { ownRoot } from '../own-package.ts';
import { nearestPackage, ormPackages, type Package, type Settings } from './package.ts';

/** A MikroORM project of which nothing is loaded yet. */
export interface Project {
  readonly name: string;
  /** The folder to which paths in the configuration are relative, as for MikroORM's own command line. */
  readonly folder: string;
  /** The absolute path of the configuration. */
  readonly config: string;
  /** MikroORM's contextName; undefined unless one was asked for. */
  readonly context: string | undefined;
  readonly package: Package | undefined;
  readonly settings: Settings;
}

/** Where to look for a project, and for which. */
export interface ProjectQuery {
  /** --config */
  readonly config?: string | undefined;
  /** --context */
  readonly context?: string | undefined;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds the project that a folder belongs to, by the conventions of MikroORM's command line.
 *
 * @returns undefined if there is neither a configuration nor a package that uses MikroORM
 * @throws ProjectError if a configuration is missing, or there are two
 */
export function findProject(query: ProjectQuery): Project | undefined {
  const near = nearestPackage(query.cwd);
  if (query.config !== undefined) return fromFile(query, query.config);
  if (near?.root === ownRoot) return undefined;
  const settings = readSettings(near, query.environment);
  for (let folder = query.cwd; ; folder = dirname(folder)) {
    const config = candidate(folder, settings, query.environment['MIKRO_ORM_CLI_CONFIG']);
    if (config !== undefined) return project(query, baseFolder(folder, config, near), config, near, settings);
    if (folder === (near?.root ?? query.cwd)) break;
  }
  return refuseIfExpected(near, settings, query);
}

function fromFile(query: ProjectQuery, config: string): Project {
  const path = resolve(query.cwd, config);
  if (!existsSync(path) || !statSync(path).isFile())
    throw new ProjectError(`The configuration ${config} does not exist`, 'Pass the file with --config FILE.');
  const near = nearestPackage(dirname(path));
  return project(query, near?.root ?? dirname(path), path, near, readSettings(near, query.environment));
}

function project(
  query: ProjectQuery,
  folder: string,
  config: string,
  near: Package | undefined,
  settings: Settings,
): Project {
  return {
    name: near?.name ?? basename(folder),
    folder,
    config,
    context: query.context ?? query.environment['MIKRO_ORM_CONTEXT_NAME'],
    package: near,
    settings,
  };
}

function readSettings(
  near: Package | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const { MIKRO_ORM_CLI_PREFER_TS, MIKRO_ORM_CLI_TS_LOADER, MIKRO_ORM_CLI_TS_CONFIG_PATH } = environment;
  return {
    ...near?.['mikro-orm'],
    ...(MIKRO_ORM_CLI_PREFER_TS && { preferTs: /^(true|t|1)$/i.test(MIKRO_ORM_CLI_PREFER_TS) }),
    ...(MIKRO_ORM_CLI_TS_LOADER && { tsLoader: MIKRO_ORM_CLI_TS_LOADER }),
    ...(MIKRO_ORM_CLI_TS_CONFIG_PATH && { tsConfigPath: MIKRO_ORM_CLI_TS_CONFIG_PATH }),
  };
}

/** The configuration that MikroORM would choose in a folder. */
function candidate(folder: string, settings: Settings, variable: string | undefined): string | undefined {
  const existing = (paths: readonly string[]) => paths.map(path => resolve(folder, path)).filter(existsSync);
  const [asked] = existing([...(variable ? [variable] : []), ...(settings.configPaths ?? [])]);
  if (asked !== undefined) return asked;
  const typescript = settings.preferTs === false ? [] : existing(defaultPaths('ts'));
  if (typescript.length > 1) refuseTwo(folder, typescript);
  const built = ['dist', 'build', 'src'].find(name => existsSync(join(folder, name))) ?? 'src';
  return typescript[0] ?? existing(defaultPaths('js').map(path => path.replace(/^src/, built)))[0];
}

function defaultPaths(language: 'js' | 'ts'): string[] {
  const endings = [language, `m${language}`, `c${language}`];
  return ['src/', ''].flatMap(folder => endings.map(ending => `${folder}mikro-orm.config.${ending}`));
}

/** Two count as one if the first only re-exports the second, which is a common way to serve both a tool and MikroORM. */
function refuseTwo(folder: string, files: readonly string[]): void {
  const mentions = (file: string) =>
    /['"][./\w-]*mikro-orm\.config(\.\w+)?['"]/.test(readFileSync(file, 'utf8'));
  if (files.some(mentions)) return;
  const names = files.map(file => relative(folder, file));
  throw new ProjectError(
    `There are two configurations in ${folder}: ${names.join(' and ')}`,
    `Choose one with --config ${names[0]}, or with configPaths under "mikro-orm" in package.json.`,
  );
}

/** Paths are relative to the package if MikroORM would find the same file from there, and else to the folder. */
function baseFolder(folder: string, config: string, near: Package | undefined): string {
  if (near === undefined || isAbsolute(relative(near.root, config))) return folder;
  const path = relative(near.root, config)
    .replace(/^(dist|build)(?=[\\/])/, 'src')
    .replaceAll('\\', '/');
  return [...defaultPaths('ts'), ...defaultPaths('js')].includes(path) ? near.root : folder;
}

/** In a package that uses MikroORM, or names a configuration, the demo is not what the user wants. */
function refuseIfExpected(
  near: Package | undefined,
  settings: Settings,
  { environment }: ProjectQuery,
): undefined {
  const variable = environment['MIKRO_ORM_CLI_CONFIG'];
  const named = [...(variable ? [variable] : []), ...(settings.configPaths ?? [])];
  if (near === undefined || (named.length === 0 && ormPackages(near).length === 0)) return undefined;
  const paths = named.length > 0 ? named : ['src/mikro-orm.config.ts', 'mikro-orm.config.ts'];
  throw new ProjectError(
    `${near.name ?? near.root} has no MikroORM configuration: looked for ${paths.join(', ')}`,
    'Pass it with --config FILE; it exports what defineConfig() returns.',
  );
}
