import { type OpenOptions, openSession, type Session } from '../../src/index.ts';
import { explain } from '../project/explain.ts';
import type { Project } from '../project/find.ts';
import { openProject } from '../project/open.ts';
import type { Options } from './options.ts';

/** What the command line says about where the entities and the database are. */
export type Target = Pick<Options, 'db' | 'url' | 'readOnly'> & Partial<Pick<Options, 'sandbox'>>;

/**
 * Opens a session on the project, with its own database or with the one that was asked for; where there is no project,
 * on the demo blog.
 *
 * @throws MikroscopeError or ProjectError why it does not open
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
