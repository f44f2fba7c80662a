import { ProjectError } from './project-error.ts';
import { findProject, type Project, type ProjectQuery } from './find.ts';
import { shareMikroOrm } from './share-mikro-orm.ts';

/**
 * Finds the project to open before anything of MikroORM is loaded, so that the project's copy becomes the only one.
 *
 * @returns undefined where the demo opens; an error for the person who started the program
 */
export function prepareProject(query: ProjectQuery): Project | ProjectError | undefined {
  try {
    const project = findProject(query);
    if (project) shareMikroOrm(project);
    return project;
  } catch (error) {
    if (error instanceof ProjectError) return error;
    throw error;
  }
}
