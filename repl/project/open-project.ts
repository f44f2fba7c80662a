import { createRequire } from 'node:module';
import { extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Config, loadConfig } from './config.ts';
import type { Project } from './find-project.ts';

/**
 * Loads a project's configuration and makes its folder the current directory, as it is for the project's own program.
 *
 * @throws ProjectError, and whatever the project's own files throw
 */
export async function openProject(project: Project): Promise<Config> {
  process.chdir(project.folder);
  const preferTs = /^\.[cm]?ts$/.test(extname(project.config));
  const isCommonJs = preferTs && (await (settingUp ??= setUpTypeScript(project)));
  const load = isCommonJs ? createRequire(project.config) : importFile;
  const config = await loadConfig(project, load);
  return {
    preferTs,
    baseDir: project.folder,
    ...config,
    // MikroORM loads entity files by path; in a CommonJS project it must require them, as its command line does.
    ...(isCommonJs && { dynamicImportProvider: async (url: string) => load(fileURLToPath(url)) as unknown }),
  };
}

export async function importFile(path: string): Promise<unknown> {
  return import(pathToFileURL(path).href);
}

/** A process opens one project, perhaps several times, and sets up its TypeScript once. */
let settingUp: Promise<boolean> | undefined;

/** @returns whether the project's configuration has to be loaded as CommonJS */
async function setUpTypeScript(project: Project): Promise<boolean> {
  const { tsLoader, tsConfigPath } = project.settings;
  // MikroORM uses `entitiesTs` only if it believes that TypeScript can be loaded.
  process.env['MIKRO_ORM_CLI_ALWAYS_ALLOW_TS'] ??= '1';
  const tsconfig = tsConfigPath === undefined ? undefined : resolve(project.folder, tsConfigPath);
  if (tsLoader !== undefined && !['auto', 'native', 'ts-node'].includes(tsLoader)) {
    const { registerLoader } = await import('./typescript/register-loader.ts');
    return registerLoader(tsLoader, project.folder, tsconfig ?? resolve(project.folder, 'tsconfig.json'));
  }
  const { isCommonJs, runTypeScript } = await import('./typescript/hooks.ts');
  runTypeScript(tsconfig);
  return isCommonJs(project.config);
}
