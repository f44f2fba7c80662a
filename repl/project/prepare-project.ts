import { findProject, type Project, type ProjectQuery } from './find-project.ts';
import { shareMikroOrm } from './share-mikro-orm.ts';

/**
 * Finds the project to open. It does so before MikroORM is loaded, so that the project's copy becomes the only one.
 *
 * @returns the project; undefined where the demo opens; the error that keeps the project from opening
 */
export function prepareProject(query: ProjectQuery): Project | Error | undefined {
  try {
    const project = findProject(query);
    if (project) shareMikroOrm(project);
    return project;
  } catch (error) {
    return error as Error;
  }
}
