import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProjectError } from '../project-error.ts';
import { isOwnFile } from '../own-package.ts';
import { nearestPackage } from '../package.ts';

interface Loader {
  readonly module: string;
  readonly commonjs?: string;
  readonly install: string;
}

/** What MikroORM's settings can name, and what its command line loads for it. */
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
 * Lets the loader that MikroORM's settings name run the project's TypeScript.
 *
 * @returns whether the project is CommonJS, for which a loader works on `require`
 * @throws Complaint where there is no such loader, or it is not installed
 */
export async function registerLoader(name: string, folder: string, tsconfig: string): Promise<boolean> {
  const loader = loaders[name];
  if (!loader)
    throw new ProjectError(
      `MikroORM's settings name the TypeScript loader '${name}', which mikroscope does not know`,
      `Known are ${Object.keys(loaders).join(', ')}; without one mikroscope loads TypeScript itself.`,
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

/** Imports a package as a file in a folder would. */
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
