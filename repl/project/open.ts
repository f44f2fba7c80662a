import { createRequire } from 'node:module';
import { extname, relative, resolve } from 'node:path';
import { Complaint } from './complaint.ts';
import { type Config, loadConfig } from './config.ts';
import type { Project } from './find.ts';

/**
 * Loads a project's configuration, and makes its folder the current directory, as it is for the project's own program.
 *
 * @throws Complaint in a sentence, for everything that can be wrong with a project
 */
export async function openProject(project: Project): Promise<Config> {
  process.chdir(project.folder);
  checkVersion(project);
  const typescript = /^\.[cm]?ts$/.test(extname(project.config));
  if (typescript) await readTypeScript(project);
  let config: Config;
  try {
    config = await loadConfig(project);
  } catch (error) {
    throw error instanceof Complaint ? error : failed(project, error);
  }
  return { preferTs: typescript, baseDir: project.folder, ...config };
}

async function readTypeScript({ folder, settings: { tsLoader, tsConfigPath } }: Project): Promise<void> {
  // MikroORM takes the entities of `entitiesTs` where it thinks that TypeScript can be loaded.
  process.env['MIKRO_ORM_CLI_ALWAYS_ALLOW_TS'] ??= '1';
  const tsconfig = tsConfigPath === undefined ? undefined : resolve(folder, tsConfigPath);
  if (tsLoader !== undefined && !['auto', 'native', 'ts-node'].includes(tsLoader)) {
    const { registerLoader } = await import('./typescript/loader.ts');
    await registerLoader(tsLoader, folder, tsconfig);
    return;
  }
  const { runTypeScript } = await import('./typescript/hooks.ts');
  runTypeScript(tsconfig);
}

/** MikroORM 6 has another API, and is not a module. */
function checkVersion({ config, name }: Project): void {
  let version: string;
  try {
    version = (createRequire(config)('@mikro-orm/core/package.json') as { version: string }).version;
  } catch {
    return;
  }
  if (version.startsWith('7.')) return;
  throw new Complaint(
    `${name} uses MikroORM ${version}, and mikroscope needs MikroORM 7`,
    'Upgrade the @mikro-orm/* packages: https://mikro-orm.io/docs/upgrading-v6-to-v7',
  );
}

function failed(project: Project, error: unknown): Complaint {
  const file = relative(project.folder, project.config);
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Complaint(`${file} failed: ${what}`, '', { cause: error });
}
