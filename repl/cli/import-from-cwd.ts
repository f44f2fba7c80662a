import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `require` as in a file of the current directory. */
export function requireHere(): NodeJS.Require {
  return createRequire(pathToFileURL(resolve('prompt')));
}

/** `import()` as in a file of the current directory. */
export async function load(specifier: string, options?: ImportCallOptions): Promise<unknown> {
  return import(urlOf(specifier), options);
}

function urlOf(specifier: string): string {
  if (/^(node|data|https?|file):/.test(specifier)) return specifier;
  if (/^[./]/.test(specifier)) return pathToFileURL(resolve(specifier)).href;
  const found = requireHere().resolve(specifier);
  return found === specifier ? specifier : pathToFileURL(found).href;
}
