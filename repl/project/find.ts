import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { ProjectError } from './project-error.ts';
import { ownRoot } from './own-package.ts';
import { nearestPackage, ormPackages, type Package, type Settings } from './package.ts';

/** A MikroORM project: where its configuration is, and nothing of it loaded yet. */
export interface Project {
  readonly name: string;
  /** Where relative paths of the configuration start, as for MikroORM's own command line. */
  readonly folder: string;
  /** The configuration, as an absolute path. */
  readonly config: string;
  /** MikroORM's contextName, where one was asked for. */
  readonly context: string | undefined;
  readonly package: Package | undefined;
  readonly settings: Settings;
}

/** Where to look, and for what. */
export interface Wish {
  /** --config */
  readonly config?: string | undefined;
  /** --context */
  readonly context?: string | undefined;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds the project that a directory belongs to, by the conventions of MikroORM's command line.
 *
 * @returns undefined where there is none: neither a configuration nor a package that uses MikroORM
 * @throws Complaint about a configuration that is missing, or about two
 */
export function findProject(wish: Wish): Project | undefined {
  const near = nearestPackage(wish.cwd);
  if (wish.config !== undefined) return fromFile(wish, wish.config);
  if (near?.root === ownRoot()) return undefined;
  const settings = readSettings(near, wish.environment);
  for (let folder = wish.cwd; ; folder = dirname(folder)) {
    const config = candidate(folder, settings, wish.environment['MIKRO_ORM_CLI_CONFIG']);
    if (config !== undefined) return project(wish, outermost(folder, config, near), config, near, settings);
    if (folder === (near?.root ?? wish.cwd)) break;
  }
  return refuseIfWanted(near, settings, wish);
}

function fromFile(wish: Wish, config: string): Project {
  const path = resolve(wish.cwd, config);
  if (!existsSync(path) || !statSync(path).isFile())
    throw new ProjectError(`There is no configuration ${config}`, 'Name a file with --config FILE.');
  const near = nearestPackage(dirname(path));
  return project(wish, near?.root ?? dirname(path), path, near, readSettings(near, wish.environment));
}

function project(
  wish: Wish,
  folder: string,
  config: string,
  near: Package | undefined,
  settings: Settings,
): Project {
  return {
    name: near?.name ?? basename(folder),
    folder,
    config,
    context: wish.context ?? wish.environment['MIKRO_ORM_CONTEXT_NAME'],
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

/** The configuration that MikroORM would take in a directory. */
function candidate(folder: string, settings: Settings, variable: string | undefined): string | undefined {
  const there = (paths: readonly string[]) => paths.map(path => resolve(folder, path)).filter(existsSync);
  const [asked] = there([...(variable ? [variable] : []), ...(settings.configPaths ?? [])]);
  if (asked !== undefined) return asked;
  const typescript = settings.preferTs === false ? [] : there(usual('ts'));
  if (typescript.length > 1) refuseTwo(folder, typescript);
  const built = ['dist', 'build', 'src'].find(name => existsSync(join(folder, name))) ?? 'src';
  return typescript[0] ?? there(usual('js').map(path => path.replace(/^src/, built)))[0];
}

function usual(language: 'js' | 'ts'): string[] {
  const endings = [language, `m${language}`, `c${language}`];
  return ['src/', ''].flatMap(place => endings.map(ending => `${place}mikro-orm.config.${ending}`));
}

/** Two are one where the first only passes on the second, which is a common way to please both a tool and MikroORM. */
function refuseTwo(folder: string, files: readonly string[]): void {
  const mentions = (file: string) =>
    /['"][./\w-]*mikro-orm\.config(\.\w+)?['"]/.test(readFileSync(file, 'utf8'));
  if (files.some(mentions)) return;
  const names = files.map(file => relative(folder, file));
  throw new ProjectError(
    `There are two configurations in ${folder}: ${names.join(' and ')}`,
    `Say which one with --config ${names[0]}, or with configPaths under "mikro-orm" in package.json.`,
  );
}

/** Paths are relative to the package where the usual places lead to the same file, also from src/ in it. */
function outermost(folder: string, config: string, near: Package | undefined): string {
  if (near === undefined || isAbsolute(relative(near.root, config))) return folder;
  const place = relative(near.root, config)
    .replace(/^(dist|build)(?=[\\/])/, 'src')
    .replaceAll('\\', '/');
  return [...usual('ts'), ...usual('js')].includes(place) ? near.root : folder;
}

/** A package that uses MikroORM, or that names a configuration, is not one to open the demo in. */
function refuseIfWanted(near: Package | undefined, settings: Settings, { environment }: Wish): undefined {
  const variable = environment['MIKRO_ORM_CLI_CONFIG'];
  const named = [...(variable ? [variable] : []), ...(settings.configPaths ?? [])];
  if (near === undefined || (named.length === 0 && ormPackages(near).length === 0)) return undefined;
  const places = named.length > 0 ? named : ['src/mikro-orm.config.ts', 'mikro-orm.config.ts'];
  throw new ProjectError(
    `${near.name ?? near.root} has no MikroORM configuration: looked for ${places.join(', ')}`,
    'Name it with --config FILE; it exports what defineConfig() gives.',
  );
}
