import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ProjectError } from './project-error.ts';
import type { Project } from './find-project.ts';
import { isOwnFile } from '../own-package.ts';
import { ormPackages } from './package.ts';

/**
 * Makes this program use the project's copy of MikroORM instead of its own, as two copies in one process would not know
 * each other's entities. Must be called before anything imports MikroORM.
 *
 * @throws ProjectError if the project has no MikroORM, or another major version
 */
export function shareMikroOrm(project: Project): void {
  const core = findCore(project);
  checkVersion(project, core);
  const parents = [project.config, core].map(path => pathToFileURL(path).href);
  registerHooks({
    resolve(specifier, context, next) {
      if (!/^(@mikro-orm\/|kysely$)/.test(specifier) || !isOwnFile(context.parentURL))
        return next(specifier, context);
      const [config = '', coreUrl = ''] = parents;
      try {
        return next(specifier, { ...context, parentURL: config });
      } catch (error) {
        if (!specifier.startsWith('@mikro-orm/core')) throw error;
        return next(specifier, { ...context, parentURL: coreUrl });
      }
    },
  });
}

/** The package.json of the core that the project uses: one that it can resolve, or else one that its driver can. */
function findCore(project: Project): string {
  const { config, name } = project;
  const file = '@mikro-orm/core/package.json';
  for (const from of ['', ...(project.package ? ormPackages(project.package) : [])]) {
    try {
      const near = from === '' ? config : createRequire(config).resolve(`${from}/package.json`);
      return createRequire(near).resolve(file);
    } catch {
      // Perhaps the next package can resolve it.
    }
  }
  throw new ProjectError(`MikroORM is not installed in ${name}`, 'Run npm install and restart.');
}

function checkVersion({ name }: Project, core: string): void {
  const { version } = createRequire(core)(core) as { version: string };
  if (version.startsWith('7.')) return;
  throw new ProjectError(
    `${name} uses MikroORM ${version}, but mikroscope needs MikroORM 7`,
    version.startsWith('6.')
      ? 'See https://mikro-orm.io/docs/upgrading-v6-to-v7'
      : 'Look for a version of mikroscope that supports it.',
  );
}
