import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isOwnFile } from '../project/own-package.ts';

const { cache } = createRequire(import.meta.url);
let times = 0;

/**
 * Lets every file of the project's own be read anew when it is imported next; packages stay as they are. Comes after the
 * other hooks, as it changes what they answer.
 */
export function reloadModules(): void {
  if (times++ === 0)
    registerHooks({ resolve: (name, context, next) => latest(next(name, context), context) });
  for (const file of Object.keys(cache)) if (isProjects(pathToFileURL(file).href)) delete cache[file];
}

/** A module is known by its URL: another one means another module. What is required goes by its path, and is forgotten. */
function latest<T extends { readonly url: string }>(
  found: T,
  { conditions }: { readonly conditions?: readonly string[] },
): T {
  if (conditions?.includes('require') || !isProjects(found.url)) return found;
  const url = new URL(found.url);
  url.searchParams.set('reload', String(times));
  return { ...found, url: url.href };
}

function isProjects(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/') && !isOwnFile(url);
}
