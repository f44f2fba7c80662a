import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProjectError } from '../project-error.ts';
import { isOwnFile } from '../../own-package.ts';
import { nearestPackage } from '../package.ts';

interface Loader {
  readonly module: string;
  readonly commonjs?: string;
  readonly install: string;
}

/** The loaders that MikroORM's settings can name, and what MikroORM's command line imports for each. */
const loaders: Readonly<Record<string, Loader>> = {
  oxc: { module: '@oxc-node/core/register', install: '@oxc-node/core' },
  swc: {
    module: '@swc-node/register/esm-register',
    commonjs: '@swc-node/register',
    install: '@swc-node/register @swc/core',
  },
  tsx: { module: 'tsx/esm/api', commonjs: 'tsx/cjs/api', install: 'tsx' },
  jiti: { module: 'jiti/register', install: 'jiti' },
  tsimp: { module: 'tsimp/import', install: 'tsimp' },
  nub: { module: '@nubjs/loader', install: '@nubjs/loader' },
};

/**
 * Registers the loader that MikroORM's settings name, which then runs the project's TypeScript.
 *
 * @returns whether the project is CommonJS, so that its files have to be required
 * @throws ProjectError if the loader is unknown or not installed
 */
export async function registerLoader(name: string, folder: string, tsconfig: string): Promise<boolean> {
  const loader = loaders[name];
  if (!loader)
    throw new ProjectError(
      `MikroORM's settings name the TypeScript loader '${name}', which mikroscope does not know`,
      `Choose one of ${Object.keys(loaders).join(', ')}, or none: mikroscope can load TypeScript itself.`,
    );
  process.env['SWC_NODE_PROJECT'] ??= tsconfig;
  process.env['TSIMP_PROJECT'] ??= tsconfig;
  const isCommonJs = nearestPackage(folder)?.type !== 'module';
  const specifier = isCommonJs ? (loader.commonjs ?? loader.module) : loader.module;
  try {
    const loaded = await importFrom(folder, specifier);
    if (name === 'tsx') loaded.register?.(existsSync(tsconfig) ? { tsconfig } : {});
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).endsWith('MODULE_NOT_FOUND')) throw error;
    throw new ProjectError(
      `MikroORM's settings name the TypeScript loader '${name}', which is not installed`,
      `Install it: npm i -D ${loader.install}`,
    );
  }
  return isCommonJs;
}

/** Imports a package as a file in that folder would. */
async function importFrom(folder: string, specifier: string) {
  const parentURL = pathToFileURL(join(folder, 'package.json')).href;
  const hooks = registerHooks({
    resolve: (name, context, next) =>
      next(name, name === specifier && isOwnFile(context.parentURL) ? { ...context, parentURL } : context),
  });
  try {
    return (await import(specifier)) as { register?: (options: object) => unknown };
  } finally {
    hooks.deregister();
  }
}
