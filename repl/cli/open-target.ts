import { type OpenOptions, openSession, type Session } from '../../src/index.ts';
import { explain } from '../project/explain.ts';
import type { Project } from '../project/find-project.ts';
import { openProject } from '../project/open-project.ts';
import type { Options } from './options.ts';

/** The options that select the database and what may be done to it. */
export type Target = Pick<Options, 'db' | 'url' | 'readOnly'> & Partial<Pick<Options, 'sandbox'>>;

/**
 * Opens a session on the project, with its own database or the one that the options name; without a project, on the
 * demo blog.
 *
 * @throws MikroscopeError or ProjectError if it cannot be opened
 */
export async function openTarget(
  { db, url, readOnly, sandbox = false }: Target,
  project: Project | undefined,
  more: Pick<OpenOptions, 'confirm'> = {},
): Promise<Session> {
  try {
    const cwd = process.cwd();
    const where = project
      ? { config: await openProject(project), ...(db === undefined ? {} : { url: db, cwd }) }
      : { url, cwd };
    return await openSession({ ...where, ...more, readOnly, sandbox });
  } catch (error) {
    throw project ? explain(error, project) : error;
  }
}
