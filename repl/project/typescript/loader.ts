import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Complaint } from '../complaint.ts';
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
 * @throws Complaint where there is no such loader, or it is not installed
 */
export async function registerLoader(
  name: string,
  folder: string,
  tsconfig = 'tsconfig.json',
): Promise<void> {
  const loader = loaders[name];
  if (!loader)
    throw new Complaint(
      `MikroORM's settings name the TypeScript loader '${name}', which mikroscope does not know`,
      `Known are ${Object.keys(loaders).join(', ')}; without one mikroscope loads TypeScript itself.`,
    );
  process.env['SWC_NODE_PROJECT'] ??= tsconfig;
  process.env['TSIMP_PROJECT'] ??= tsconfig;
  const isModule = nearestPackage(folder)?.type === 'module';
  const specifier = isModule ? loader.module : (loader.commonjs ?? loader.module);
  let path: string;
  try {
    path = createRequire(join(folder, 'package.json')).resolve(specifier);
  } catch {
    throw new Complaint(
      `MikroORM's settings name the TypeScript loader '${name}', which is not installed`,
      `Install it: npm i -D ${loader.install}`,
    );
  }
  const loaded = (await import(pathToFileURL(path).href)) as { register?: (options: object) => unknown };
  if (name === 'tsx') loaded.register?.({ tsconfig });
}
