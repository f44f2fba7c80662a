import { extname, resolve } from 'node:path';
import { type Config, loadConfig } from './config.ts';
import type { Project } from './find.ts';

/**
 * Loads a project's configuration, and makes its folder the current directory, as it is for the project's own program.
 *
 * @throws Complaint in a sentence; and what the project's own files throw
 */
export async function openProject(project: Project): Promise<Config> {
  process.chdir(project.folder);
  const typescript = /^\.[cm]?ts$/.test(extname(project.config));
  if (typescript) await readTypeScript(project);
  const config = await loadConfig(project);
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
