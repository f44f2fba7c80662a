import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isOwnFile } from './own.ts';
import { ormPackages } from './package.ts';
import type { Project } from './find.ts';

/**
 * Makes this program use the project's copy of MikroORM instead of its own: two copies in one process would not know
 * each other's entities. Comes before anything that imports MikroORM.
 */
export function useMikroOrmOf(project: Project): void {
  const config = pathToFileURL(project.config).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (!/^(@mikro-orm\/|kysely$)/.test(specifier) || !isOwnFile(context.parentURL))
        return next(specifier, context);
      const from = (parentURL: string) => next(specifier, { ...context, parentURL });
      try {
        return from(config);
      } catch (error) {
        // Where a package sees only what it asks for by name, core is what its driver sees.
        for (const name of project.package ? ormPackages(project.package) : []) {
          try {
            return from(next(name, { ...context, parentURL: config }).url);
          } catch {
            // The next one, then.
          }
        }
        throw error;
      }
    },
  });
}
