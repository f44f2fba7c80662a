import { readOptions } from '../cli/options.ts';
import { ProjectError } from './project-error.ts';
import { findProject, type Project } from './find.ts';
import { shareMikroOrm } from './share-mikro-orm.ts';

/**
 * Finds the project to open, before anything of MikroORM is loaded, and sees to it that its copy is the one.
 *
 * @returns undefined where the demo opens; a complaint for the person who started the program
 */
export function prepareProject(args: readonly string[]): Project | ProjectError | undefined {
  try {
    const { config, context } = readOptions(args, process.env);
    const project = findProject({ config, context, cwd: process.cwd(), environment: process.env });
    if (project) shareMikroOrm(project);
    return project;
  } catch (error) {
    // Wrong arguments are for the program itself to complain about.
    return error instanceof ProjectError ? error : undefined;
  }
}
