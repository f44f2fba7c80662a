import { dialectOfConfig } from '../../../src/index.ts';
import type { Project } from '../../project/find-project.ts';
import { openProject } from '../../project/open-project.ts';
import { type DatabaseName, isDatabaseName } from '../../transcript/transcript.ts';

/**
 * The kind of database that a project has; that of the demo is SQLite.
 *
 * @throws what its configuration throws, or MikroscopeError if it tells no kind
 */
export async function ownDatabase(project: Project | undefined): Promise<DatabaseName> {
  if (!project) return 'sqlite';
  const { name } = dialectOfConfig(await openProject(project));
  return isDatabaseName(name) ? name : 'sqlite';
}
