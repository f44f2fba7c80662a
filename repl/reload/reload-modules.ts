import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isOwnFile } from '../own-package.ts';

const { cache } = createRequire(import.meta.url);
let times = 0;

/**
 * Lets the next import of every file of the project load it again; packages stay as they are. Its hook is registered
 * after the others, as it changes the URLs that they return.
 */
export function reloadModules(): void {
  if (times++ === 0)
    registerHooks({ resolve: (name, context, next) => latest(next(name, context), context) });
  for (const file of Object.keys(cache)) if (isProjects(pathToFileURL(file).href)) delete cache[file];
}

/** A new URL makes a new module. Modules that are required go by their paths instead, and leave the cache above. */
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
