import { relative } from 'node:path';
import { ProjectError } from './project-error.ts';
import type { Project } from './find-project.ts';

/** What `defineConfig()` returns; only src/ knows its options. */
export type Config = Readonly<Record<string, unknown>>;

/**
 * Loads a project's configuration: an object, a function of the context's name, an array of these, or a promise of any.
 *
 * @param load imports a file
 * @throws ProjectError if the file has no configuration of that name, or more than one; and whatever the file throws
 */
export async function loadConfig(project: Project, load: (path: string) => unknown): Promise<Config> {
  const file = relative(project.folder, project.config);
  const exported = await defaultExport(await load(project.config));
  const items = (await Promise.all([exported].flat())).map(optionsOf);
  const wanted = project.context ?? 'default';
  const configs = items.filter(isConfig);
  const matching = configs.filter(config => nameOf(config) === wanted);
  if (matching.length > 1)
    throw new ProjectError(
      `${file} has ${matching.length} configurations named '${wanted}'`,
      'Give each its own contextName.',
    );
  if (matching[0] !== undefined) return matching[0];
  // A function that does not know the name returns nothing, or another configuration.
  for (const factory of items.filter(item => typeof item === 'function')) {
    const made = optionsOf(await (factory as (name: string) => unknown)(wanted));
    if (!isConfig(made)) continue;
    if ((made['contextName'] ?? wanted) === wanted) return made;
    configs.push(made);
  }
  if (configs[0] !== undefined && configs.length === 1 && project.context === undefined) return configs[0];
  if (configs.length === 0)
    throw new ProjectError(`${file} exports no configuration`, 'Write: export default defineConfig({ … });');
  throw new ProjectError(
    `${file} has no context '${wanted}'; its contexts are ${configs.map(nameOf).join(', ')}`,
    `Choose one with --context ${nameOf(configs[0] as Config)}.`,
  );
}

/** The default export, including that of a module compiled to CommonJS. */
async function defaultExport(module: unknown): Promise<unknown> {
  type Module = { default?: unknown; __esModule?: boolean };
  const value = ((module as Module).default ?? module) as Module | null;
  return value?.__esModule && value.default !== undefined ? value.default : value;
}

/** The options of an ORM, if the project exports one that it has opened. */
function optionsOf(value: unknown): unknown {
  const config = (value as { config?: { getAll?: () => unknown } } | null)?.config;
  return typeof config?.getAll === 'function' ? config.getAll() : value;
}

function isConfig(value: unknown): value is Config {
  const known = ['driver', 'entities', 'entitiesTs', 'dbName', 'clientUrl', 'contextName', 'type'];
  return typeof value === 'object' && value !== null && known.some(key => key in value);
}

function nameOf(config: Config): string {
  return typeof config['contextName'] === 'string' ? config['contextName'] : 'default';
}
